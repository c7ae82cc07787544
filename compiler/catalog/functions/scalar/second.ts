import { clockField } from "../clock-field.ts";

/** The second of a timestamp, 0 to 59, without its fraction. */
export const second = clockField("second", "secondOfTimestamp", "The second of a timestamp, 0 to 59, without its fraction.");
