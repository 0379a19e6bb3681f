import type { XeroBody } from '#server/xero/calling/axios-interceptor.ts';

/** A stored write. Exactly these bytes are sent, with a key by which Xero recognises a repetition. */
export type StoredWrite = {
  json: string;
  /** At most 128 characters. Xero remembers it for 6 minutes and refuses other bytes under it. */
  idempotencyKey: string;
};

export function toJsonBody(json: string): XeroBody {
  return { bytes: json, contentType: 'application/json' };
}

/** xero-node wants a mutable array. */
export function toList(values: readonly string[] | undefined): string[] | undefined {
  return values && [...values];
}

/** xero-node takes an instant as a Date and sends it as If-Modified-Since. */
export function toDate(instant: string | undefined): Date | undefined {
  return instant === undefined ? undefined : new Date(instant);
}
