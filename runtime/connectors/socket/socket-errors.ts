import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import { describeSystemError } from "../../errors/system-error.ts";

export function cannotConnect(address: string, seconds: number, cause: unknown): SluiceRuntimeError {
  const why = cause instanceof Error && "code" in cause && cause.code === "ECONNREFUSED" ? "nobody listens there (ECONNREFUSED)" : describeSystemError(cause);
  return new SluiceRuntimeError({ code: "R7210", what: `cannot connect within ${seconds} seconds: ${why}`, where: address, how: "start the server first, or mend `host` and `port`", cause });
}

export function connectionBroke(address: string, cause: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7211",
    what: `the connection broke: ${describeSystemError(cause)}`,
    where: address,
    how: "start the query again with the same checkpoint; what the server sent and no batch holds is lost, because a socket cannot send again",
    cause,
  });
}

export function socketLineTooLong(address: string, limit: number): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7206", what: `a line is longer than ${limit} bytes`, where: address, how: "end records with line ends" });
}
