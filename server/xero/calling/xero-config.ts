import type { FastifyBaseLogger } from 'fastify';

/** Places are origins without a path. */
export type XeroConfig = {
  clientId: string;
  clientSecret: string;
  identityUrl: string;
  apiUrl: string;
  /** How many calls a day Xero grants this app for one organisation. */
  dailyCalls: number;
  /** What consent asks for. */
  scopes?: readonly string[];
  /** Of reading; a write may take twice as long. 10 seconds when absent. */
  timeoutMs?: number;
};

export type XeroLog = Pick<FastifyBaseLogger, 'debug' | 'info' | 'warn' | 'error'>;

/** Resolves after so many milliseconds; rejects with the signal's reason when that comes first. Tests pass their own. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

/** From 0 to below 1; what jitter is made of. */
export type Random = () => number;
