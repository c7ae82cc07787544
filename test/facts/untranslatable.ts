/** A fact that Sluice cannot be asked: it uses a type, function or form that is not there. The message says which. */
export class Untranslatable extends Error {}

export function untranslatable(reason: string): never {
  throw new Untranslatable(reason);
}
