/** As with the pieces of JSON: emitted code names few. */
const mostClasses = 1024;

/**
 * Gives classes of views that have an accessor for each of their columns. `derive` makes a class of views without columns, `value` reads a column by its place. There is one class
 * for the same names: to the JavaScript engine rows of two classes are two kinds of objects, and code that it had made for the one would be made anew for the other.
 */
export function viewClasses<View extends object, Class extends abstract new (...parts: never) => View>(derive: () => Class, value: (view: View, column: number) => unknown): (names: readonly string[]) => Class {
  const known = new Map<string, Class>();
  return (names) => {
    const id = JSON.stringify(names);
    const made = known.get(id) ?? withColumns(derive(), value, names);
    if (known.size < mostClasses) known.set(id, made);
    return made;
  };
}

function withColumns<View extends object, Class extends abstract new (...parts: never) => View>(made: Class, value: (view: View, column: number) => unknown, names: readonly string[]): Class {
  names.forEach((name, column) => {
    Object.defineProperty(made.prototype, name, {
      enumerable: true,
      get(this: View): unknown {
        return value(this, column);
      },
    });
  });
  return made;
}
