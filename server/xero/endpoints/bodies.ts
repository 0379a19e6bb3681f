import type { XeroBody } from '#server/xero/calling/axios-interceptor.ts';

/** A write as it was stored: exactly these bytes are sent, under a key by which Xero knows a repetition. */
export type StoredWrite = {
  json: string;
  /** At most 128 characters. Xero remembers it for 6 minutes and refuses other bytes under it. */
  idempotencyKey: string;
};

export const toJsonBody = (json: string): XeroBody => ({ bytes: json, contentType: 'application/json' });

/** xero-node wants a list that it may change. */
export const toList = (values: readonly string[] | undefined): string[] | undefined => values && [...values];

/** xero-node takes a moment as a Date and sends it as If-Modified-Since. */
export const toDate = (instant: string | undefined): Date | undefined =>
  instant === undefined ? undefined : new Date(instant);
