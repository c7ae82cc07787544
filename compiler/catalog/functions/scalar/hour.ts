import { clockField } from "../clock-field.ts";

/** The hour of a timestamp, 0 to 23. */
export const hour = clockField("hour", "hourOfTimestamp", "The hour of a timestamp, 0 to 23.");
