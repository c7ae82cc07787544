import { contentPath } from "../../examples/web-log/pages.ts";
import { type Request, requests } from "../../examples/page-ranking/generate.ts";
import { grouped, json, type Row } from "./plain-loops.ts";

const [size, slide, delay] = [1_800_000, 900_000, 300_000];

/** A hit of a page in a window. */
interface Cell {
  readonly url: string;
  readonly start: number;
}

/** What the page-ranking job must give when it reads a file a batch. */
export interface RankingAnswers {
  /** Sorted. */
  readonly ranking: readonly string[];
  readonly late: readonly string[];
}

/**
 * Follows the watermark by hand: rows of a batch are held against the watermark of the batch before, which knows the times of all earlier batches but that one.
 * A row gets into those of its windows that end after it; one that gets into none is late.
 */
export function rankingAnswers(files: readonly (readonly Request[])[] = requests()): RankingAnswers {
  let [lateWatermark, watermark] = [0, 0];
  const cells: Cell[] = [];
  const late: string[] = [];
  for (const file of files) {
    let newest = 0;
    for (const request of file) {
      const url = contentPath(request.request);
      if (url === null) continue;
      const time = Date.parse(request.time);
      const last = Math.floor(time / slide) * slide;
      const open = [last - slide, last].filter((start) => start + size > lateWatermark);
      for (const start of open) cells.push({ url, start });
      if (open.length === 0) late.push(lateRow(request, lateWatermark - time));
      newest = Math.max(newest, time);
    }
    lateWatermark = watermark;
    watermark = Math.max(watermark, newest - delay);
  }
  const windows = [...grouped(cells, ({ url, start }) => `${url} ${start}`).values()];
  return { ranking: json(windows.flatMap(([first, ...others]) => (first === undefined ? [] : [rowOf(first, others.length + 1)]))).toSorted(), late };
}

function rowOf({ url, start }: Cell, hits: number): Row {
  return { url, window_start: isoOf(start), window_end: isoOf(start + size), hits };
}

function lateRow({ time, host, request }: Request, lateBy: number): string {
  return JSON.stringify({ time, host, request, late_by: durationText(lateBy), step: "ranking/aggregate" });
}

/** ISO 8601, as durations are written: `PT1H2M3.5S`. */
function durationText(milliseconds: number): string {
  const [hours, minutes, seconds] = [Math.floor(milliseconds / 3_600_000), Math.floor(milliseconds / 60_000) % 60, (milliseconds % 60_000) / 1000];
  return `PT${hours > 0 ? `${hours}H` : ""}${minutes > 0 ? `${minutes}M` : ""}${seconds > 0 ? `${seconds}S` : ""}`;
}

function isoOf(time: number): string {
  return new Date(time).toISOString();
}
