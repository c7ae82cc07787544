import { junction } from "../logic.ts";

export const or = junction("or", "True where one side is, false where both are false, else null.");
