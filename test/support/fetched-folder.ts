import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The folder; where it is not there yet `fill` makes it, within the working folder that it is given, and says where. Several processes may ask at once: the folder
 * appears whole, and by one of them.
 */
export function fetchedFolder(folder: string, fill: (work: string) => string): string {
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const work = mkdtempSync(join(dirname(folder), "fetching-"));
  try {
    const made = fill(work);
    try {
      renameSync(made, folder);
    } catch (error) {
      if (!existsSync(folder)) throw error;
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

/** A jar of Maven's central repository. `alone`: without what it depends on. */
export interface Jar {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  readonly alone?: true;
}

/** The folder with jars and what they depend on; Maven brings them there the first time. `what` names them where that fails. */
export function mavenJars(folder: string, what: string, jars: readonly Jar[]): string {
  return fetchedFolder(folder, (work) => {
    writeFileSync(join(work, "pom.xml"), projectOf(jars));
    const maven = spawnSync("mvn", ["-B", "-q", "dependency:copy-dependencies", "-DoutputDirectory=lib", "-DincludeScope=runtime"], { cwd: work, encoding: "utf8" });
    if (maven.status !== 0) throw new Error(`Maven could not bring ${what}: ${maven.error?.message ?? `${maven.stdout}${maven.stderr}`}`);
    return join(work, "lib");
  });
}

function projectOf(jars: readonly Jar[]): string {
  const dependencies = jars.map(({ group, artifact, version, alone }) => {
    const exclusions = alone === true ? "<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>" : "";
    return `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>${exclusions}</dependency>\n`;
  });
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>sluice.test</groupId>
  <artifactId>jars</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
${dependencies.join("")}  </dependencies>
</project>
`;
}
