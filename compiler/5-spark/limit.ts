/** Where something that is carried over is refused after all, or told of by a warning. */
export interface Limit {
  readonly codes: readonly string[];
  /** The uses that are refused; where all codes are warnings, what differs. */
  readonly where: string;
  readonly nearest: string;
}
