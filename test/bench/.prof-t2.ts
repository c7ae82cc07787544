import { makeBids } from "/work/main/test/bench/bids.ts";
import { comparisonsOfWindows } from "/work/main/test/bench/comparisons.ts";
const which = Number(process.argv[2] ?? 1), rows = Number(process.argv[3] ?? 500000), what = process.argv[4] ?? "emitted";
const c = (await comparisonsOfWindows(makeBids(rows, false)))[which]!;
for (let i = 0; i < 4; i++) { const b = process.cpuUsage(); (what === "plain" ? c.plain() : c.emitted()); const { user, system } = process.cpuUsage(b); console.log(c.name, what, ((user + system) * 1000 / rows).toFixed(0), "ns/row"); }
