/** The version of Sluice that writes a checkpoint; equal to that of `package.json`. For messages: what may be read is told by the format version. */
export const engineVersion = "0.1.0";
