import { scores } from "./functions.js";

export const f = (page: string): number => Number(scores(page, 1));
