/** Immutable tree with structural sharing. A transform that changes nothing returns the very same node. */
export abstract class TreeNode<Self extends TreeNode<Self>> {
  abstract readonly children: readonly Self[];

  /** Rebuilds this node over new children; all derived properties are computed again. */
  abstract withChildren(children: readonly Self[]): Self;

  /** One line for `explain`: the operator and its own arguments, not its children. */
  abstract describe(): string;

  protected abstract self(): Self;

  mapChildren(fn: (child: Self) => Self): Self {
    const next = this.children.map(fn);
    return next.every((child, index) => child === this.children[index]) ? this.self() : this.withChildren(next);
  }

  /** Children first. For rules that collapse a parent into an already simplified child. */
  transformUp(fn: (node: Self) => Self): Self {
    return fn(this.mapChildren((child) => child.transformUp(fn)));
  }

  /** Parent first. For rules that push something towards the leaves. */
  transformDown(fn: (node: Self) => Self): Self {
    return fn(this.self()).mapChildren((child) => child.transformDown(fn));
  }

  /** This node and all below it, parents first. */
  visit(fn: (node: Self) => void): void {
    fn(this.self());
    for (const child of this.children) child.visit(fn);
  }
}
