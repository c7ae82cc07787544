import type { Page } from "./nowhere.ts";

export const f = (page: Page): number => page.length;
