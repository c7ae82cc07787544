/** A fact that Sluice cannot be asked: it uses a type, function or form that is not there. The message says which. */
export class Untranslatable extends Error {}

/** Why a fact cannot be asked: an error of the translation that is not foreseen counts too, so that one fact does not end a run. */
export function reasonOf(error: unknown): string {
  return error instanceof Untranslatable ? error.message : `the translation failed: ${String(error)}`;
}

export function untranslatable(reason: string): never {
  throw new Untranslatable(reason);
}
