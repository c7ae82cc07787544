import type { Comparison } from "./measure.ts";
import { loadNexmarkQuery, runNexmark } from "./nexmark-run.ts";
import { makeNexmark, type NexmarkBatch, type NexmarkKind } from "./nexmark-events.ts";
import type { NullFile } from "./null-file.ts";
import { plainBidSessions } from "./plain-bid-sessions.ts";
import { plainBidsWithAuctions, plainLocalItems, plainNewUsers } from "./plain-joins.ts";
import { idSum } from "./plain-nexmark.ts";
import { plainChannelStatistics, plainStatistics } from "./plain-statistics.ts";
import { plainHighestBids, plainLastBids } from "./plain-tops.ts";

interface NexmarkQuery {
  readonly name: string;
  readonly title: string;
  readonly kinds: readonly NexmarkKind[];
  readonly rowsPerBatch: number;
  readonly plain: (batches: readonly NexmarkBatch[]) => NullFile;
  readonly valueOf: (row: never) => number;
}

interface Statistics {
  readonly total_bids: number;
}

const queries: readonly NexmarkQuery[] = [
  { name: "q3", title: "unbounded join of filtered sides", kinds: ["persons", "auctions"], rowsPerBatch: 20_000, plain: plainLocalItems, valueOf: ({ id }: { readonly id: number }) => id },
  { name: "q8", title: "join of windows", kinds: ["persons", "auctions"], rowsPerBatch: 20_000, plain: plainNewUsers, valueOf: ({ id }: { readonly id: number }) => id },
  { name: "q11", title: "sessions of bidders", kinds: ["bids"], rowsPerBatch: 50_000, plain: plainBidSessions, valueOf: ({ bid_count }: { readonly bid_count: number }) => bid_count },
  { name: "q15", title: "distinct counts of a day", kinds: ["bids"], rowsPerBatch: 50_000, plain: plainStatistics, valueOf: ({ total_bids }: Statistics) => total_bids },
  { name: "q16", title: "distinct counts by channel", kinds: ["bids"], rowsPerBatch: 50_000, plain: plainChannelStatistics, valueOf: ({ total_bids }: Statistics) => total_bids },
  { name: "q18", title: "last bids", kinds: ["bids"], rowsPerBatch: 50_000, plain: plainLastBids, valueOf: ({ price }: { readonly price: number }) => price },
  { name: "q19", title: "highest bids", kinds: ["bids"], rowsPerBatch: 50_000, plain: plainHighestBids, valueOf: ({ price, rank_number }: { readonly price: number; readonly rank_number: number }) => price + rank_number },
  { name: "q20", title: "unbounded join, wide rows", kinds: ["auctions", "bids"], rowsPerBatch: 50_000, plain: plainBidsWithAuctions, valueOf: ({ auction, bidder }: { readonly auction: number; readonly bidder: number }) => idSum(auction, bidder) },
];

/** Queries of Nexmark against loops that are written for them. */
export const comparisonsOfNexmark: readonly Comparison[] = queries.map(({ name, title, kinds, rowsPerBatch, plain, valueOf }) => ({
  name: `${name}: ${title}`,
  goal: 2,
  plain: (rows) => {
    const { batches } = makeNexmark({ rows, kinds, rowsPerBatch });
    return () => plain(batches).checksum;
  },
  emitted: async (rows) => {
    const job = await loadNexmarkQuery(name);
    const { batches } = makeNexmark({ rows, kinds, rowsPerBatch });
    return () => runNexmark(job, batches, valueOf).checksum;
  },
}));
