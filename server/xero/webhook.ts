import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const webhookSchema = z.looseObject({ events: z.array(z.unknown()) });
const eventSchema = z.looseObject({ tenantId: z.guid(), eventCategory: z.string() });

/** `signature` is x-xero-signature: base64 of HMAC-SHA256 over the body's bytes. Takes the same time whatever differs. */
export function isSignedByXero(body: Buffer, signature: string, key: string): boolean {
  const expected = createHmac('sha256', key).update(body).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * Which organisations a webhook speaks of, each once; none for the intent to receive. Categories and fields that nobody
 * knows yet are welcome; SUBSCRIPTION tells of the app's billing, not of an organisation's books. Undefined: no webhook.
 */
export function parseWebhook(body: Buffer): string[] | undefined {
  const parsed = webhookSchema.safeParse(parseJson(body));
  if (!parsed.success) return undefined;
  const events = parsed.data.events.flatMap((event) => eventSchema.safeParse(event).data ?? []);
  const ofBooks = events.filter(({ eventCategory }) => eventCategory !== 'SUBSCRIPTION');
  return [...new Set(ofBooks.map(({ tenantId }) => tenantId.toLowerCase()))];
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
