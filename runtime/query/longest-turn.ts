/** Milliseconds for which a query's work may follow on work before other events get their turn. */
export const longestTurn = 10;
