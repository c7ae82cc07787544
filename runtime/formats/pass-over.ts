/** What is done about a damaged file that a batch has taken, perhaps, without a new checkpoint. */
export const passOver = "say that such a file is passed over: `malformed: \"drop\"`, or the name of a side output; or take it away and read with `ignoreMissingFiles: true`";
