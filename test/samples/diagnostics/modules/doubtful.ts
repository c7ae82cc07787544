export const f = (row: { page: string }): { length: number } => ({ length: row.page });
