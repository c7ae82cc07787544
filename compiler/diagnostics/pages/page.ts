/** Two jobs that differ in one thing: `bad` gives the page's code and no other, `good` none. `given` opens both. */
export interface PageExample {
  readonly given?: string;
  readonly bad: string;
  readonly good: string;
  /** Codes that `bad` gives besides, where it cannot be without. */
  readonly besides?: readonly string[];
  /** What the jobs import or read when they are compiled, by path relative to the job; of what is no text, `base64:` and its bytes. */
  readonly files?: Readonly<Record<string, string>>;
  /** What a runtime example reads when it runs: over it `bad` fails with the code and `good` does not. */
  readonly input?: Readonly<Record<string, string>>;
}

/** The long form of a code, as `sluice explain-error` prints it. Paragraphs are single lines, which are wrapped for the screen. */
export interface Page {
  readonly code: string;
  /** What it says, in a few words: for a compiler's code its slug. */
  readonly title: string;
  /** What the code means, and why the language or the runtime is so. */
  readonly meaning: string;
  /** How to mend it. */
  readonly mending: string;
  /** For a code of the compiler compiled as told above; for one of the runtime both compile, and `bad` may fail when it runs. */
  readonly example?: PageExample;
}

/** Sources that many examples share. */
export const clicks = 'source clicks: { at: timestamp, page: string, user: long? } from file("clicks/", format: "json")';
export const users = 'table users: { id: long, name: string } from file("users/", format: "json")';
export const orders = 'source orders: { ordered: timestamp, buyer: long, price: double } from file("orders/", format: "json")';
/** Clicks and orders under watermarks, as `c` and `o`. */
export const twoStreams = `${clicks}\n${orders}\nstream c = clicks |> watermark at delay 1 minute late drop\nstream o = orders |> watermark ordered delay 1 minute late drop`;
