/** The release of Spark that programs are made for and tested with: another one may mean something else. */
export const sparkVersion = "4.2.0";

/** PySpark, and what it needs to call imported functions: the packages and versions that the tests run with. The same for every job, so that a folder of programs has one list. */
export const pythonPackages: readonly string[] = [`pyspark==${sparkVersion}`, "pandas==2.3.3", "pyarrow==26.0.1"];

/** `requirements.txt`; the first line says who wrote it, so that another file of this name is not overwritten. */
export const requirements = ["# Emitted by `sluice build --target spark`", ...pythonPackages, ""].join("\n");
