import { createHash } from 'node:crypto';
import { badRequest } from './errors.ts';

export type KeptAnswer = { status: number; body: unknown; contentType?: string };

/** Xero's memory of writes: 6 minutes, per app, including errors. */
export type IdempotencyMemory = {
  /** Returns the stored answer for this key if the request is the same. Throws when the request differs. */
  recall(key: string, fingerprint: string): KeptAnswer | undefined;
  keep(key: string, fingerprint: string, answer: KeptAnswer): void;
  /** Forgets everything. */
  forget(): void;
};

const memoryMs = 6 * 60_000;
const maxKeyLength = 128;

export function createIdempotencyMemory(now: () => number): IdempotencyMemory {
  const kept = new Map<string, { fingerprint: string; answer: KeptAnswer; until: number }>();
  return {
    recall: (key, fingerprint) => {
      if (key.length > maxKeyLength) {
        throw badRequest(0, 'BadRequest', `Idempotency Key: must not be longer than ${maxKeyLength} characters.`);
      }
      const found = kept.get(key);
      if (!found || found.until <= now()) return undefined;
      if (found.fingerprint === fingerprint) return found.answer;
      throw badRequest(0, 'BadRequest', `Idempotency Key: ${key} is used with a different request.`);
    },
    keep: (key, fingerprint, answer) => {
      kept.set(key, { fingerprint, answer, until: now() + memoryMs });
    },
    forget: () => kept.clear(),
  };
}

export function fingerprintOf(method: string, url: string, tenantId: string, body: Buffer): string {
  return createHash('sha256').update([method, url, tenantId, ''].join('\u0000')).update(body).digest('hex');
}
