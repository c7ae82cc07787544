import { clockField } from "../clock-field.ts";

/** The minute of a timestamp, 0 to 59. */
export const minute = clockField("minute", "minuteOfTimestamp", "The minute of a timestamp, 0 to 59.");
