import { junction } from "../logic.ts";

export const and = junction("and", "True where both sides are, false where one is false, else null.");
