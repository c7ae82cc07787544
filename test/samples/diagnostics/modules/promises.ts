export const later = async (row: { page: string }): Promise<{ page: string }> => row;

export async function* words(row: { page: string }): AsyncGenerator<{ word: string }> {
  for (const word of row.page.split("/")) yield { word };
}
