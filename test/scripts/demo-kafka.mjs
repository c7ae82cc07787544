// `npm run demo:kafka`: starts a broker, feeds it the web log, ranks its pages into another topic with a job that is killed in the middle and
// started again, and holds what a reader of committed messages sees against the same ranking made of files at once.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

const root = fileURLToPath(new URL("../..", import.meta.url));
const say = (text) => void process.stdout.write(`${text}\n`);

// The tests' broker and Sluice's own client of Kafka, which are TypeScript.
register();
const { brokerJars, missingForBroker } = await import("../kafka/support/broker-jars.ts");
const { startBroker } = await import("../kafka/support/start-broker.ts");
const { readTopic } = await import("../kafka/support/read-topic.ts");
const { kafkajsClient } = await import("../../runtime/connectors/kafka/client/kafkajs-client.ts");

const missing = missingForBroker();
if (missing === undefined) await demo();
else {
  say(`This demo starts a Kafka broker, and \`${missing}\` is not on this machine. It needs Java 17 or newer, and Maven to fetch the broker the first time.`);
  process.exitCode = process.env.CI === "true" ? 1 : 0;
}

async function demo() {
  const folder = mkdtempSync(join(tmpdir(), "sluice-demo-kafka-"));
  let broker;
  const children = new Set();
  const tidy = () => {
    for (const child of children) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  // The broker dies with this process by itself.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));
  process.once("exit", tidy);
  try {
    say("── A broker, from Maven's repository where it is not here yet");
    brokerJars();
    broker = await startBroker();
    const messages = await feed(broker.address);
    say(`   it listens at ${broker.address}; topic web-log: ${messages} messages in 3 partitions, two of them broken\n`);
    await ranked(broker.address, folder, children);
  } finally {
    await broker?.stop();
    tidy();
  }
}

async function ranked(address, folder, children) {
  const checkpoint = join(folder, "checkpoints");
  const job = "examples/kafka/ranked-pages.sluice";
  const words = ["run", job, "--drain", "--checkpoint", checkpoint, "--param", `brokers=${address}`, "--progress", "bar"];
  say(`── The job, until batch 4 is committed; then kill -9\n   sluice run ${job} --drain --checkpoint … --param brokers=${address}\n`);
  const killed = await run(words, children, join(checkpoint, "ranked_pages", "commits", "4"));
  if (killed !== "SIGKILL") throw new Error(`the job ended before it could be killed: ${killed}`);
  const halfway = (await readTopic(address, "ranked-pages", "read_committed")).length;
  say(`\n── Killed; ${halfway} messages of the ranking are committed. The same command again\n`);
  const ended = await run(words, children);
  if (ended !== 0) throw new Error(`sluice ended with exit code ${ended}`);

  const topic = (await readTopic(address, "ranked-pages", "read_committed", true)).map(({ value }) => Buffer.from(value ?? []).toString("utf8")).sort();
  const broken = (await readTopic(address, "broken-lines", "read_committed", true)).length;
  say("\n── The topic ranked-pages as a table, read_committed: the window with the most visited page");
  const busiest = "select rank, url, hits from ranked_pages where window_start = (select window_start from ranked_pages order by hits desc, window_start limit 1) order by rank";
  sluice(["examples/kafka/read-ranking.sluice", "--param", `brokers=${address}`, "--sql", busiest], "inherit");
  const fromFiles = sluice(["examples/kafka/ranked-pages-files.sluice", "--batch", "--json", "--sql", "select * from ranked_pages"], "pipe").trimEnd().split("\n").sort();
  const isSame = topic.length > 0 && topic.join("\n") === fromFiles.join("\n");
  say(isSame ? `\nThe topic holds the ${topic.length} rows of the batch over the files, each once; ${broken} broken lines are in broken-lines.` : `\nThe topic and the batch over the files differ: ${topic.length} and ${fromFiles.length} rows.`);
  process.exitCode = isSame && broken === 2 ? 0 : 1;
}

/** Makes the topics and writes the log, the lines of a host into one partition; says how many messages there are. */
async function feed(address) {
  const client = await kafkajsClient({ brokers: [address], clientId: "demo", connectionTimeout: 5000, requestTimeout: 30_000, retries: 20, retryInterval: 200, report: () => undefined });
  try {
    for (const [topic, partitions] of [["web-log", 3], ["ranked-pages", 1], ["broken-lines", 1], ["late-requests", 1]]) await client.createTopic(topic, { partitions, replication: 1, config: {} });
    const data = join(root, "examples/web-log/data");
    const lines = readdirSync(data).sort().flatMap((name) => readFileSync(join(data, name), "utf8").trimEnd().split("\n"));
    lines.splice(5000, 0, "{ this line is broken");
    lines.splice(15_000, 0, '{"host":"gate.example.edu","timestamp":"yesterday"}');
    const producer = await client.producer({ compression: "gzip" });
    const bytes = (text) => new TextEncoder().encode(text);
    const hostOf = (line) => /"host":"([^"]*)"/.exec(line)?.[1] ?? "";
    await producer.send(lines.map((line) => ({ topic: "web-log", partition: null, key: bytes(hostOf(line)), value: bytes(line), headers: [] })));
    await producer.close();
    return lines.length;
  } finally {
    await client.close();
  }
}

/** Runs the command line in sight, and kills it as soon as a file is there; gives the exit code or the signal. */
function run(words, children, killedAt) {
  const child = spawn(process.execPath, ["compiler/cli/bin.mjs", ...words], { cwd: root, stdio: "inherit" });
  children.add(child);
  const watch = killedAt === undefined ? undefined : setInterval(() => existsSync(killedAt) && child.kill("SIGKILL"), 5);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      clearInterval(watch);
      children.delete(child);
      resolve(signal ?? code);
    });
  });
}

function sluice(words, stdout) {
  const { status, stdout: printed } = spawnSync(process.execPath, ["compiler/cli/bin.mjs", "run", ...words], { cwd: root, encoding: "utf8", stdio: ["ignore", stdout, "inherit"] });
  if (status !== 0) throw new Error(`sluice ended with exit code ${status}`);
  return printed;
}
