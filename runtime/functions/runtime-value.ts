/** Any value of the language as the runtime holds it (docs/decisions: value representations). */
export type RuntimeValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly RuntimeValue[]
  | ReadonlyMap<RuntimeValue, RuntimeValue>
  | { readonly [field: string]: RuntimeValue };
