import { anyCharacter, areDisjoint, unionOf, type CharSet } from "./regex/char-set.ts";
import type { Alternatives, RegexNode } from "./regex/regex-node.ts";

/**
 * Whether a backtracking engine finds every match of the pattern in time linear in the text. Conservative: what it cannot show is
 * refused. The argument, for each way through the pattern:
 *
 * - A quantifier without an upper bound stands over one character only, and is followed by something that must begin with a
 *   character outside of it (or by the end of the text). So it stops at one place, and backing off fails at once: the attempt is
 *   linear. Or nothing after it can fail: the match is found, and the search goes on behind it.
 * - Attempts do not overlap: the attempt is tied to the start of the text, or the character right before the quantifier is
 *   outside of it, so that each run is entered at its first character only.
 * - Everything else is bounded. Where two ways may be tried at one place their number multiplies; the product is limited.
 */
export function isLinear(alternatives: Alternatives): boolean {
  let work = 0;
  for (const nodes of alternatives) {
    const cost = sequenceCost(nodes, undefined, { anchored: nodes[0]?.kind === "start", unbounded: true }, finish);
    if (cost === undefined) return false;
    work += cost.ways * (cost.length + 1);
  }
  return work <= maxWork;
}

const maxWork = 2048;

/** What can come next: the characters with which it may begin, whether it can be over without one, whether it always matches. */
interface Follow {
  readonly first: CharSet;
  readonly empty: boolean;
  readonly certain: boolean;
}

const finish: Follow = { first: [], empty: true, certain: true };

interface Place {
  readonly anchored: boolean;
  /** Whether an unbounded quantifier may stand here: not where alternatives overlap. */
  readonly unbounded: boolean;
}

interface Cost {
  /** How many ways may be tried. */
  readonly ways: number;
  /** How many characters the bounded parts take at most. */
  readonly length: number;
}

/** `previous` is the node right before the sequence, where there is one. */
function sequenceCost(nodes: readonly RegexNode[], previous: RegexNode | undefined, place: Place, after: Follow): Cost | undefined {
  let ways = 1;
  let length = 0;
  for (const [at, node] of nodes.entries()) {
    const cost = nodeCost(node, at === 0 ? previous : nodes[at - 1], place, followOf(nodes, at + 1, after));
    if (cost === undefined) return undefined;
    ways *= cost.ways;
    length += cost.length;
    if (ways > maxWork || length > maxWork) return undefined;
  }
  return { ways, length };
}

function nodeCost(node: RegexNode, previous: RegexNode | undefined, place: Place, next: Follow): Cost | undefined {
  switch (node.kind) {
    case "start":
    case "end":
    case "boundary":
      return { ways: 1, length: 0 };
    case "one":
      return { ways: 1, length: 1 };
    case "group":
      return alternativesCost(node.alternatives, previous, place, next);
    case "repeat": {
      if (node.body.kind === "group") {
        // Captures of a repeated group differ between the engines; only an optional one is the same in both.
        if (node.min !== 0 || node.max !== 1 || node.body.alternatives.some((nodes) => followOf(nodes, 0, finish).empty)) return undefined;
        return alternativesCost([...node.body.alternatives, []], previous, place, next);
      }
      const separate = !next.empty && areDisjoint(node.body.set, next.first);
      if (node.max === Infinity) {
        if (next.certain) return { ways: 1, length: node.min };
        const tied = place.anchored || (previous?.kind === "one" && areDisjoint(previous.set, node.body.set));
        return place.unbounded && separate && tied ? { ways: 1, length: node.min } : undefined;
      }
      return { ways: separate || next.certain ? 1 : node.max - node.min + 1, length: node.max };
    }
  }
}

function alternativesCost(alternatives: Alternatives, previous: RegexNode | undefined, place: Place, next: Follow): Cost | undefined {
  const beginnings = alternatives.map((nodes) => followOf(nodes, 0, next));
  const distinct =
    alternatives.length === 1 ||
    (beginnings.every((beginning) => !beginning.empty) && beginnings.every((a, i) => beginnings.every((b, j) => i >= j || areDisjoint(a.first, b.first))));
  let ways = 0;
  let length = 0;
  for (const nodes of alternatives) {
    const cost = sequenceCost(nodes, previous, { anchored: place.anchored, unbounded: place.unbounded && distinct }, next);
    if (cost === undefined) return undefined;
    ways = distinct ? Math.max(ways, cost.ways) : ways + cost.ways;
    length = Math.max(length, cost.length);
  }
  return { ways, length };
}

/** What `nodes[from…]` and what comes after them can begin with. */
function followOf(nodes: readonly RegexNode[], from: number, after: Follow): Follow {
  let follow = after;
  for (let at = nodes.length - 1; at >= from; at--) {
    const node = nodes[at];
    if (node !== undefined) follow = before(node, follow);
  }
  return follow;
}

function before(node: RegexNode, next: Follow): Follow {
  switch (node.kind) {
    case "end":
      return { first: [], empty: false, certain: false };
    case "start":
    case "boundary":
      return { first: anyCharacter, empty: true, certain: false };
    case "one":
      return { first: node.set, empty: false, certain: false };
    case "group":
      return either(node.alternatives.map((nodes) => followOf(nodes, 0, next)));
    case "repeat": {
      const once = before(node.body, next);
      return node.min > 0 ? once : { first: unionOf(once.first, next.first), empty: next.empty, certain: next.certain };
    }
  }
}

function either(follows: readonly Follow[]): Follow {
  return {
    first: unionOf(...follows.map((follow) => follow.first)),
    empty: follows.some((follow) => follow.empty),
    certain: follows.some((follow) => follow.certain),
  };
}
