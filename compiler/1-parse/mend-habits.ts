import type { Token } from "../../grammar/lexer.ts";
import type { PlacedDiagnostic } from "../diagnostics/diagnostic.ts";
import { brokenDuration, foreignUnit } from "./habits/duration-habits.ts";
import { foreignSpelling, nullSafeEqual } from "./habits/foreign-operators.ts";
import type { Habit } from "./habits/habit.ts";
import { doubleColonCast } from "./habits/cast-operator.ts";
import { selectFirst, starExcept } from "./habits/select-habits.ts";
import { callWithOver, dashComment, filterBehindCall, interval, overBehindCall, terminator } from "./habits/sql-habits.ts";
import { upperCase } from "./habits/upper-case.ts";

/** Tried in this order at each token; comments first, since what they hold is no code. */
const habits: readonly Habit[] = [
  dashComment, doubleColonCast, interval, foreignUnit, brokenDuration, callWithOver, filterBehindCall, overBehindCall, selectFirst, starExcept, terminator, nullSafeEqual,
  foreignSpelling, upperCase,
];

/** Replaces habits of other languages by what they mean here, and reports each. For files that have an error only. */
export function mendHabits(tokens: readonly Token[]): { readonly tokens: readonly Token[]; readonly diagnostics: readonly PlacedDiagnostic[] } {
  const mended: Token[] = [];
  const diagnostics: PlacedDiagnostic[] = [];
  for (let at = 0; at < tokens.length; ) {
    const found = firstHabit(tokens, at, mended);
    if (found === undefined) {
      const token = tokens[at];
      if (token !== undefined) mended.push(token);
      at += 1;
    } else {
      mended.push(...found.replacement);
      diagnostics.push(found.diagnostic);
      at += found.taken;
    }
  }
  return { tokens: mended, diagnostics };
}

function firstHabit(tokens: readonly Token[], at: number, kept: readonly Token[]): ReturnType<Habit> {
  for (const habit of habits) {
    const found = habit(tokens, at, kept.at(-1), kept);
    if (found !== undefined) return found;
  }
  return undefined;
}
