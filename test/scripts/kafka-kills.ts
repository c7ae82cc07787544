// Kills a job between topics N times (100) at its fault points, with the broker started again now and then, and counts: `npm run kafka-kills -- N [SEED]`.
// The broker ends in good order: one that is killed may forget to mark a transaction that it has just decided (seen with 4.3.1: its coordinator has it as
// committed, and the partitions as open for ever), for which every reader, and every start of a sink, waits.
import { killRuns } from "../kafka/support/kill-runs.ts";
import { startBroker } from "../kafka/support/start-broker.ts";

const [kills = 100, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
const broker = await startBroker();
try {
  process.stdout.write(`${kills} kills, seed ${seed}\n`);
  const outcome = await killRuns({
    address: broker.address,
    kills,
    seed,
    atAnyMoment: true,
    // In the middle of a run.
    disturb: async (nth) => {
      if (nth % 10 !== 9) return;
      await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 1000));
      await broker.restart();
      process.stdout.write("the broker was started again\n");
    },
    report: (message) => process.stdout.write(`${message}\n`),
  });
  const { lost, twice, wrongGroups } = outcome;
  process.stdout.write(`${JSON.stringify({ ...outcome, lost: lost.slice(0, 20), twice: twice.slice(0, 20) }, undefined, 2)}\n`);
  process.exitCode = lost.length + twice.length + wrongGroups.length === 0 && outcome.killed > kills / 2 ? 0 : 1;
} finally {
  await broker.stop();
}
