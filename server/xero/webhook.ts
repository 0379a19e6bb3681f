import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const webhookSchema = z.looseObject({ events: z.array(z.unknown()) });
const eventSchema = z.looseObject({ tenantId: z.guid(), eventCategory: z.string() });

/** `signature` is x-xero-signature: base64 of HMAC-SHA256 over the body's bytes. Compares in constant time. */
export function isSignedByXero(body: Buffer, signature: string, key: string): boolean {
  const expected = createHmac('sha256', key).update(body).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** `documentIds`: the invoices and bills that changed. */
export type WebhookNews = { organisationId: string; documentIds: string[] };

/**
 * Lists the organisations in a webhook, each once; none for Xero's intent-to-receive check. Unknown categories and
 * fields are accepted. SUBSCRIPTION is about the app's billing, not an organisation's books. Undefined: not a webhook.
 */
export function parseWebhook(body: Buffer): WebhookNews[] | undefined {
  const parsed = webhookSchema.safeParse(parseJson(body));
  if (!parsed.success) return undefined;
  const events = parsed.data.events.flatMap((event) => eventSchema.safeParse(event).data ?? []);
  const ofBooks = events.filter(({ eventCategory }) => eventCategory !== 'SUBSCRIPTION');
  const organisationIds = new Set(ofBooks.map(({ tenantId }) => tenantId.toLowerCase()));
  return [...organisationIds].map((organisationId) => {
    const own = ofBooks.filter(({ tenantId }) => tenantId.toLowerCase() === organisationId);
    return { organisationId, documentIds: own.flatMap(readDocumentId) };
  });
}

function readDocumentId({ eventCategory, resourceId }: z.output<typeof eventSchema>): string[] {
  const id = z.guid().safeParse(resourceId).data?.toLowerCase();
  return eventCategory === 'INVOICE' && id !== undefined ? [id] : [];
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
