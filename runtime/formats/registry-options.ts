/** How a registry of schemas is reached. Secrets come from params, and stand in no message. */
export interface RegistryOptions {
  /** `https://registry:8081`; a path is kept. */
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  /** A bearer token, instead of a user and a password. */
  readonly token?: string;
  /** Microseconds to wait for an answer; 10 seconds unless given. */
  readonly timeout?: number;
}
