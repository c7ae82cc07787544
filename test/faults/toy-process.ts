import { nodeHost } from "../../runtime/host/node-host.ts";
import { runToy, toyRecords } from "./toy-query.ts";

/** A process of its own for tests that kill it: runs the toy query in the folder given and prints what it made. */
const [directory = ""] = process.argv.slice(2);
process.stdout.write(JSON.stringify(runToy(nodeHost(), { directory, records: toyRecords(60) })));
