import fc from "fast-check";
import { expect, test } from "vitest";
import { tumblingWindowOf } from "../../../runtime/functions/tumbling-window-of.ts";
import { PaneClock } from "../../../runtime/operators/pane-clock.ts";

const hour = 3_600_000_000;

test("a negative offset gives the windows of the offset that is a slide longer, before the epoch too", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 30 }), fc.nat({ max: 29 }), fc.maxSafeInteger(), (slides, more, back, time) => {
      const [slide, size, at] = [slides * hour, (slides + more) * hour, Math.trunc(time / 1000) + 0];
      const offset = -(back % slides) * hour;
      const [negative, positive] = [offset, offset + slide].map((each) => new PaneClock({ size, slide, offset: each }));
      expect(negative?.lastWindowOf(at)).toBe(positive?.lastWindowOf(at));
      expect(negative?.paneOf(at)).toBe(positive?.paneOf(at));
      expect(negative?.paneEnd(negative.paneOf(at))).toBe(positive?.paneEnd(positive.paneOf(at)));
      expect(tumblingWindowOf(at, slide, offset)).toEqual(tumblingWindowOf(at, slide, offset + slide));
    }),
  );
});
