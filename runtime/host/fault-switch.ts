/**
 * What `fault` does in a real process: nothing, unless `SLUICE_FAULT=NAME[:N]` is set, which kills the process the N-th time that the
 * point is reached, as `kill -9` would. For tests of recovery.
 */
export function faultSwitch(setting: string | undefined, kill: () => void): (name: string) => void {
  if (setting === undefined || setting === "") return () => {};
  const [point = "", count = "1"] = setting.split(":");
  let left = Number(count);
  return (name) => {
    if (name === point && --left === 0) kill();
  };
}
