export const f = (at: Date): number => at.getHours();
