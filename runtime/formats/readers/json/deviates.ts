/** What the readers of single values give instead of a place where they meet what they do not read: the record is decoded exactly. */
export const deviates = -1;
