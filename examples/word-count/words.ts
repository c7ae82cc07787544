interface Line {
  readonly value: string;
}

interface Word {
  readonly word: string;
}

/** The words of a line, in small letters: letters and digits, with apostrophes inside them. */
export function words({ value }: Line): Word[] {
  return (value.toLowerCase().match(/[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu) ?? []).map((word) => ({ word }));
}
