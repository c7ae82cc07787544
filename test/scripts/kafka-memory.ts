// Reads so much (2GB) from a topic into one that takes it slowly, and says how much memory the job had: `npm run kafka-memory -- 2GB`.
import { memoryRun } from "../kafka/support/memory-run.ts";
import { startBroker } from "../kafka/support/start-broker.ts";

const units: Readonly<Record<string, number>> = { MB: 1e6, GB: 1e9 };
const [given = "2GB"] = process.argv.slice(2);
const [, amount = "", unit = ""] = /^(\d+)([MG]B)$/i.exec(given) ?? [];
const bytes = Number(amount) * (units[unit.toUpperCase()] ?? 0);
if (bytes <= 0) throw new Error(`\`${given}\` is no amount like 300MB or 2GB`);
const broker = await startBroker();
try {
  const { messages, arrived, resident, seconds } = await memoryRun({ address: broker.address, bytes, bytesPerSecond: 15e6, report: (message) => process.stdout.write(`${message}\n`) });
  const isRight = arrived === messages && resident < 256e6;
  process.stdout.write(`${arrived} of ${messages} messages in ${Math.round(seconds)} seconds, at most ${Math.round(resident / 1e6)} MB resident: ${isRight ? "as it should be" : "not as it should be"}\n`);
  process.exitCode = isRight ? 0 : 1;
} finally {
  await broker.stop();
}
