const prefix = "own_";

/** What every object has by itself: `constructor`, `toString`, `__proto__` … */
const ofEveryObject = new RegExp(`^(?:${prefix})*(?:${Object.getOwnPropertyNames(Object.prototype).join("|")})$`);

/**
 * A name of a schema as the library gets it. It keeps what it knows of names as properties of objects, and takes `toString` for one that it knows;
 * so such a name, and any that would become equal to it, is given a prefix. Of a full name it is the last part.
 */
export function shieldedName(name: string): string {
  const own = name.lastIndexOf(".") + 1;
  return ofEveryObject.test(name.slice(own)) ? name.slice(0, own) + prefix + name.slice(own) : name;
}

/** The name of which `shieldedName` made this one. */
export function unshieldedName(name: string): string {
  const own = name.lastIndexOf(".") + 1;
  return name.startsWith(prefix, own) && ofEveryObject.test(name.slice(own)) ? name.slice(0, own) + name.slice(own + prefix.length) : name;
}

/** A schema with its names shielded: those of types, fields and symbols, their aliases, and where defaults use them. Whatever is no schema stays as it is. */
export function shieldedSchema(schema: unknown): unknown {
  const named = new Map<string, unknown>();
  enterNames(schema, named);
  return shielded(schema, named);
}

type Members = Readonly<Record<string, unknown>>;

/** Type definitions by their names without namespaces, for the defaults. */
type Named = Map<string, unknown>;

function enterNames(schema: unknown, named: Named): void {
  if (Array.isArray(schema)) for (const branch of schema) enterNames(branch, named);
  if (!isMembers(schema)) return;
  if (typeof schema["name"] === "string") named.set(lastPart(schema["name"]), schema);
  for (const part of [schema["type"], schema["items"], schema["values"]]) enterNames(part, named);
  for (const field of fieldsOf(schema)) enterNames(field["type"], named);
}

function shielded(schema: unknown, named: Named): unknown {
  if (typeof schema === "string") return shieldedName(schema);
  if (Array.isArray(schema)) return schema.map((branch) => shielded(branch, named));
  if (!isMembers(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([member, value]) => {
      switch (member) {
        case "name":
        case "aliases":
        case "symbols":
          return [member, shieldedText(value)];
        case "type":
        case "items":
        case "values":
          return [member, shielded(value, named)];
        case "fields":
          return [member, Array.isArray(value) ? value.map((field: unknown) => shielded(field, named)) : value];
        case "default":
          // Of an enum its own symbol, of a field a value of its type.
          return [member, Array.isArray(schema["symbols"]) ? shieldedText(value) : shieldedValue(value, schema["type"], named)];
        default:
          return [member, value];
      }
    }),
  );
}

function shieldedText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shieldedText);
  return typeof value === "string" ? shieldedName(value) : value;
}

/** A default, which is one of a union's first branch. */
function shieldedValue(value: unknown, schema: unknown, named: Named): unknown {
  const type = typeof schema === "string" ? named.get(lastPart(schema)) : Array.isArray(schema) ? (schema[0] as unknown) : schema;
  if (Array.isArray(schema)) return shieldedValue(value, type, named);
  if (!isMembers(type)) return value;
  if (Array.isArray(type["symbols"])) return shieldedText(value);
  if (Array.isArray(value)) return value.map((each) => shieldedValue(each, type["items"], named));
  if (!isMembers(value)) return value;
  if ("values" in type) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shieldedValue(each, type["values"], named)]));
  const types = new Map(fieldsOf(type).map((field) => [field["name"], field["type"]]));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [shieldedName(name), shieldedValue(each, types.get(name), named)]));
}

function fieldsOf(schema: Members): readonly Members[] {
  const fields = schema["fields"];
  return Array.isArray(fields) ? fields.filter(isMembers) : [];
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
