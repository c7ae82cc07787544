import { SluiceRuntimeError } from "../../errors/runtime-error.ts";

/** The registry gives no answer, or none but that it cannot just now. */
export function registryAway(place: string, seconds: number, reason: string, cause: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7750", what: `the schema registry gave no answer for ${seconds} seconds: ${reason}`, where: place, how: "see that it runs and that its address is right; the query goes on from its checkpoint when it is started again", cause });
}

/** The registry knows the caller not, or not for this. */
export function registryRefuses(place: string, status: number): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7751", what: `the schema registry refuses access (HTTP ${status})`, where: place, how: "check `registryUser` and `registryPassword`, or `registryToken`, and what they may do" });
}

/** There is no schema of this id. */
export function noSuchSchema(place: string, id: number): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7752", what: `the schema registry has no schema with the id ${id}`, where: place, how: "check that it is the registry that the producers write with" });
}

/** The registry does not take the schema of what is written. */
export function schemaRefused(place: string, subject: string, reason: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7753", what: `the schema registry does not take the schema of the rows under the subject ${subject}: ${reason}`, where: place, how: "keep to columns that the subject's readers can take, loosen its compatibility, or write to another `subject`" });
}

/** An answer that no registry of this interface gives. */
export function unknownAnswer(place: string, problem: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7754", what: `the schema registry's answer is not understood: ${problem}`, where: place, how: "check that `registry` is the address of a registry with the interface of Confluent's" });
}

/** A schema that is no schema of Avro by itself. */
export function unusableSchema(place: string, id: number, problem: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7756", what: `the schema ${id} ${problem}`, where: place, how: "write the topic with Avro schemas that stand by themselves" });
}
