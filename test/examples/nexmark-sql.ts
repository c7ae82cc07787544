import initSqlJs, { type Database } from "sql.js";
import type { Events } from "../../examples/nexmark/generator.ts";

/** What stands in the three streams and the side table, in an SQLite database; times are milliseconds. */
export async function nexmarkDatabase(events: Events, sideInput: string, clock: number): Promise<Database> {
  const sqlite = await initSqlJs();
  const database = new sqlite.Database();
  database.create_function("regexp_extract", (text: string, pattern: string, group: number) => new RegExp(pattern).exec(text)?.[group] ?? null);
  database.create_function("split_index", (text: string, separator: string, index: number) => text.split(separator)[index] ?? null);
  fill(database, "person", events.person);
  fill(database, "auction", events.auction);
  fill(database, "bid", events.bid);
  fill(database, "side_input", sideInput.trim().split("\n").map((line) => ({ key: Number(line.split(",")[0]), value: line.split(",")[1] ?? "" })));
  fill(database, "clock", [{ now: clock }]);
  return database;
}

/** The rows of a query's SQL as JSON texts, sorted. */
export function answerOf(database: Database, query: string): readonly string[] {
  const [result] = database.exec(nexmarkSql[query] ?? "");
  return (result?.values ?? []).map((row) => JSON.stringify(Object.fromEntries(row.map((value, at): [string, unknown] => [result?.columns[at] ?? "", value]).sort(([a], [b]) => (a < b ? -1 : 1))))).sort();
}

function fill(database: Database, table: string, rows: readonly object[]): void {
  const stored = rows.map((row) => Object.entries(row).map(([name, value]: [string, string | number]): [string, string | number] => [name, name === "dateTime" || name === "expires" ? Date.parse(String(value)) : value]));
  // Without a type a number beyond 32 bits is kept as a double, and its quotients are no whole numbers.
  const columns = stored[0]?.map(([name, value]) => `"${name}" ${typeof value === "number" ? "integer" : "text"}`) ?? [];
  database.run(`create table ${table} (${columns.join(", ")})`);
  const insert = database.prepare(`insert into ${table} values (${columns.map(() => "?").join(", ")})`);
  database.run("begin");
  for (const row of stored) insert.run(row.map(([, value]) => value));
  database.run("commit");
  insert.free();
}

const day = "strftime('%Y-%m-%d', dateTime / 1000, 'unixepoch')";
const minute = "strftime('%H:%M', dateTime / 1000, 'unixepoch')";
const hour = "cast(strftime('%H', dateTime / 1000, 'unixepoch') as integer)";

/** 0.908 times the price: of whole thousandths, so that it is the number nearest to the exact one. */
const euros = "908 * price / 1000.0";

const offered = "auction a join bid b on a.id = b.auction and b.dateTime between a.dateTime and a.expires";

const counted = `count(*) as total_bids,
  count(*) filter (where price < 10000) as rank1_bids,
  count(*) filter (where price >= 10000 and price < 1000000) as rank2_bids,
  count(*) filter (where price >= 1000000) as rank3_bids`;

const distinctOf = (column: string): string => `count(distinct ${column}) as total_${column}s,
  count(distinct case when price < 10000 then ${column} end) as rank1_${column}s,
  count(distinct case when price >= 10000 and price < 1000000 then ${column} end) as rank2_${column}s,
  count(distinct case when price >= 1000000 then ${column} end) as rank3_${column}s`;

/** Each bid in the five windows of ten seconds, one every two, that hold its time. */
const hops = `hops as (
    select auction, (dateTime / 2000 - back) * 2000 as start
    from bid, (select 0 as back union all select 1 union all select 2 union all select 3 union all select 4)
    where dateTime < (dateTime / 2000 - back) * 2000 + 10000
  ),
  counts as (select auction, start, count(*) as num from hops group by auction, start)`;

/**
 * The queries in SQLite's SQL, by what the benchmark's mean. Where its `order by` leaves the order open, the other columns decide, as they do in a job. Of q6 the
 * row of each seller's newest auction; q12 is that of one reading of the clock.
 */
const nexmarkSql: Readonly<Record<string, string>> = {
  q0: "select auction, bidder, price, dateTime, extra from bid",
  q1: `select auction, bidder, ${euros} as price, dateTime, extra from bid`,
  q2: "select auction, price from bid where auction % 123 = 0",
  q3: "select p.name, p.city, p.state, a.id from auction a join person p on a.seller = p.id where a.category = 10 and (p.state = 'OR' or p.state = 'ID' or p.state = 'CA')",
  q4: `select category as id, avg(final) as final from (select max(b.price) as final, a.category from ${offered} group by a.id, a.category) group by category`,
  q5: `with ${hops} select c.auction, c.num from counts c join (select start, max(num) as maxn from counts group by start) m on c.start = m.start and c.num >= m.maxn`,
  q6: `with placed as (
      select a.id, a.seller, b.price, b.dateTime, row_number() over (partition by a.id, a.seller order by b.price desc, b.dateTime) as place from ${offered}
    ),
    means as (
      select seller,
        avg(price) over (partition by seller order by dateTime, id desc rows between 10 preceding and current row) as avg_price,
        row_number() over (partition by seller order by dateTime desc, id) as age
      from placed where place = 1
    )
    select seller, avg_price from means where age = 1`,
  q7: `select b.auction, b.price, b.bidder, b.dateTime, b.extra
    from bid b join (select max(price) as maxprice, (dateTime / 10000 + 1) * 10000 as ends from bid group by ends) m
    on b.price = m.maxprice where b.dateTime between m.ends - 10000 and m.ends`,
  q8: `select p.id, p.name, p.start as stime
    from (select distinct id, name, dateTime / 10000 * 10000 as start from person) p
    join (select distinct seller, dateTime / 10000 * 10000 as start from auction) a on p.id = a.seller and p.start = a.start`,
  q9: `select id, itemName, description, initialBid, reserve, dateTime, expires, seller, category, extra, auction, bidder, price, bid_dateTime, bid_extra from (
      select a.*, b.auction, b.bidder, b.price, b.dateTime as bid_dateTime, b.extra as bid_extra,
        row_number() over (partition by a.id order by b.price desc, b.dateTime, b.bidder, b.extra) as place
      from ${offered}
    ) where place <= 1`,
  q10: `select auction, bidder, price, dateTime, extra, ${day} as dt, ${minute} as hm from bid`,
  q11: `with steps as (select bidder, dateTime, dateTime - lag(dateTime) over (partition by bidder order by dateTime) as gap from bid),
    numbered as (select bidder, dateTime, sum(gap is null or gap > 10000) over (partition by bidder order by dateTime) as session from steps)
    select bidder, count(*) as bid_count, min(dateTime) as starttime, max(dateTime) + 10000 as endtime from numbered group by bidder, session`,
  q12: "select bidder, count(*) as bid_count, now / 10000 * 10000 as starttime, now / 10000 * 10000 + 10000 as endtime from bid, clock group by bidder, now",
  q13: "select b.auction, b.bidder, b.price, b.dateTime, s.value from bid b join side_input s on b.auction % 10000 = s.key",
  q14: `select auction, bidder, ${euros} as price,
      case when ${hour} >= 8 and ${hour} <= 18 then 'dayTime' when ${hour} <= 6 or ${hour} >= 20 then 'nightTime' else 'otherTime' end as bidTimeType,
      dateTime, extra, length(extra) - length(replace(extra, 'c', '')) as c_counts
    from bid where 908 * price > 1000000000 and 908 * price < 50000000000`,
  q15: `select ${day} as day, ${counted}, ${distinctOf("bidder")}, ${distinctOf("auction")} from bid group by 1`,
  q16: `select channel, ${day} as day, max(${minute}) as minute, ${counted}, ${distinctOf("bidder")}, ${distinctOf("auction")} from bid group by 1, 2`,
  q17: `select auction, ${day} as day, ${counted}, min(price) as min_price, max(price) as max_price, avg(price) as avg_price, sum(price) as sum_price from bid group by 1, 2`,
  q18: `select auction, bidder, price, channel, url, dateTime, extra from (
      select *, row_number() over (partition by bidder, auction order by dateTime desc, price, channel, url, extra) as place from bid
    ) where place <= 1`,
  q19: `select auction, bidder, price, channel, url, dateTime, extra, place as rank_number from (
      select *, row_number() over (partition by auction order by price desc, bidder, channel, url, dateTime, extra) as place from bid
    ) where place <= 10`,
  q20: `select auction, bidder, price, channel, url, b.dateTime as bid_dateTime, b.extra as bid_extra,
      itemName, description, initialBid, reserve, a.dateTime as auction_dateTime, expires, seller, category, a.extra as auction_extra
    from bid b join auction a on b.auction = a.id where a.category = 10`,
  q21: `select auction, bidder, price, channel, case
      when lower(channel) = 'apple' then '0' when lower(channel) = 'google' then '1' when lower(channel) = 'facebook' then '2' when lower(channel) = 'baidu' then '3'
      else regexp_extract(url, '(&|^)channel_id=([^&]*)', 2) end as channel_id
    from bid where regexp_extract(url, '(&|^)channel_id=([^&]*)', 2) is not null or lower(channel) in ('apple', 'google', 'facebook', 'baidu')`,
  q22: "select auction, bidder, price, channel, split_index(url, '/', 3) as dir1, split_index(url, '/', 4) as dir2, split_index(url, '/', 5) as dir3 from bid",
};

/** The names of the queries. */
export const nexmarkQueries: readonly string[] = Object.keys(nexmarkSql);
