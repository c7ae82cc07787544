/** What is packed here has more bytes than whoever unpacks it takes. It was found before they were made, or before there were more. */
export class TooLong extends RangeError {
  /** `bytes`: how many it says, or could be; undefined where nothing says it. */
  constructor(most: number, bytes?: number) {
    super(bytes === undefined ? `more than ${most} bytes` : `${bytes} bytes, more than ${most}`);
  }
}
