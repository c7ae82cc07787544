/** Parts of kafkajs that have no types; `kafkajs-library.ts` says what it expects of each. */
declare module "kafkajs/src/*.js" {
  const part: unknown;
  export default part;
}
