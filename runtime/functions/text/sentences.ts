const sentenceCutter = new Intl.Segmenter("en", { granularity: "sentence" });
const wordCutter = new Intl.Segmenter("en", { granularity: "word" });

/** Spark's `sentences`: the words of each sentence, without punctuation; cut by Unicode's rules (Java's own differ in rare places). */
export function sentencesOf(text: string): readonly (readonly string[])[] {
  const sentences: string[][] = [];
  for (const { segment: sentence } of sentenceCutter.segment(text)) {
    const words: string[] = [];
    for (const { segment: word } of wordCutter.segment(sentence)) if (/^[\p{L}\p{Nd}]/u.test(word)) words.push(word);
    sentences.push(words);
  }
  return sentences;
}
