import { textOf } from "./project-file.ts";

/** The page that says what is where in a new project and what to type. */
export function readme(name: string): string {
  return textOf(
    `# ${name}`,
    "",
    "A streaming job in Sluice.",
    "",
    "    npm install",
    "    npm start            # runs jobs/visits.sluice over data/ and prints its table",
    "    npm run build        # writes generated/visits.ts from the job",
    "    npm test             # runs the job on a machine in memory, with a crash in the middle of a batch",
    "",
    "- `jobs/visits.sluice`: the job. `npx sluice check`, `explain` and `fmt` work on it, and `npx sluice explain-error CODE` says more",
    "  about an error.",
    "- `src/site.ts`: a function that the job imports; its types are checked against the job's columns.",
    "- `generated/`: what `sluice build` makes of the jobs. Commit it and review it, never edit it: `npm run build -- --check` fails",
    "  where it is stale.",
    "- `data/`: a file a batch. While the job runs without `--drain`, a file that is put there is the next batch.",
    "- `.github/workflows/ci.yml`: the checks of every push. It installs what package-lock.json says, so commit that too.",
    "",
    "With a checkpoint the job goes on where it was, also after a crash:",
    "",
    "    npx sluice run jobs/visits.sluice --checkpoint checkpoints",
  );
}
