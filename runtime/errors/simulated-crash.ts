/**
 * The end of a process in a simulation: thrown at a fault point, and by everything that a dead host is asked to do afterwards.
 * Nothing may catch it and go on; code that wraps errors lets it through.
 */
export class SimulatedCrash extends Error {
  /** The fault point. */
  readonly point: string;

  constructor(point: string) {
    super(`simulated crash at ${point}`);
    this.name = "SimulatedCrash";
    this.point = point;
  }
}
