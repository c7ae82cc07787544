import { SluiceRuntimeError } from "../../errors/runtime-error.ts";

/**
 * A library with native code or a file of its own, which a bundle leaves outside: it is loaded when something is first compressed with it. R7744 where it is
 * not installed beside the job.
 */
export async function nativeLibrary<Library>(name: string, loading: Promise<Library>): Promise<Library> {
  try {
    return await loading;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && (error.code === "ERR_MODULE_NOT_FOUND" || error.code === "MODULE_NOT_FOUND"))) throw error;
    throw new SluiceRuntimeError({ code: "R7744", what: `the package \`${name}\` is not installed, without which this compression cannot be read or written`, how: `npm install ${name} in the folder of the job: a bundle holds no native code`, cause: error });
  }
}
