/** What a job is compiled for: a module of TypeScript that Node runs, or a program for Apache Spark. */
export type Target = "node" | "spark";
