import { clicks, twoStreams, type Page } from "./page.ts";

/** W3001 to W3003: state that nothing gives back, which `sluice check` warns of. */
export const statePages: readonly Page[] = [
  {
    code: "W3001",
    title: "state-by-keys",
    meaning:
      "This step keeps a row for each of its keys (and for each window, if it has one) for as long as the query lives. That is right where the keys are few: the pages of a site, the countries of the world. Where new ones keep coming, such as users or days, the state and each snapshot of it grow with them. `sluice explain` shows what bounds each state.",
    mending: "Group by a window over a column with a `watermark`, in append or update mode; for `dedup` add the event time to the keys, or write `within watermark`. Where the keys are few, nothing needs to be done.",
    example: {
      given: clicks,
      bad: "sink out = clicks |> aggregate count() as n group by page into console() mode update",
      good: "sink out = clicks |> watermark at delay 1 minute late drop |> aggregate count() as n group by page, tumbling(at, 1 hour) into console() mode update",
    },
  },
  {
    code: "W3002",
    title: "state-of-values",
    meaning:
      "This aggregate keeps what it takes in: every value, as `collect_list` and the exact percentiles do, or every different one, as `count(distinct …)` does. No watermark closes its groups, so nothing is ever given back, and the state grows with the stream even if there is one key only.",
    mending: "Group by a window over a column with a `watermark`, in append or update mode, or take an aggregate of constant size: `approx_count_distinct`, `approx_percentile`.",
    example: {
      given: clicks,
      bad: "sink out = clicks |> aggregate count(distinct user) as users into console() mode update",
      good: "sink out = clicks |> aggregate approx_count_distinct(user) as users into console() mode update",
    },
  },
  {
    code: "W3003",
    title: "state-of-join",
    meaning:
      "This join may meet a row of one side with any later row of the other, so it keeps rows as long as the query lives. `unbounded` permits that; and below an aggregate in complete mode nothing is given up, because the whole result is kept up to date. Where the streams are long, memory and snapshots grow with them; `sluice explain` shows what each side keeps.",
    mending: "In complete mode write `mode append` or `mode update`. Say in the condition how far apart the event times of two rows may lie, and define a watermark on both sides; or read the side that changes seldom as a `table`.",
    example: {
      given: twoStreams,
      bad: "sink out = c |> join o on user = buyer unbounded |> select page, price into console()",
      good: "sink out = c |> join o on user = buyer and ordered between at and at + 1 hour |> select page, price into console()",
    },
  },
];
