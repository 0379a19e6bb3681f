import type { FastifyBaseLogger } from 'fastify';

/** URLs are origins without a path. */
export type XeroConfig = {
  clientId: string;
  clientSecret: string;
  identityUrl: string;
  apiUrl: string;
  /** How many calls a day Xero allows this app for one organisation. */
  dailyCalls: number;
  /** The scopes that a consent asks for. */
  scopes?: readonly string[];
  /** For reads; a write may take twice as long. The default is 10 seconds. */
  timeoutMs?: number;
};

export type XeroLog = Pick<FastifyBaseLogger, 'debug' | 'info' | 'warn' | 'error'>;

/**
 * Resolves after this many milliseconds. Rejects with the signal's reason if the signal aborts first. Tests pass their
 * own.
 */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Returns a number from 0 to below 1, used for jitter. */
export type Random = () => number;
