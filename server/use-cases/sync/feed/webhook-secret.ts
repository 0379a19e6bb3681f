import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Sealer } from '#server/sealing.ts';
import type { WebhookRow } from '#server/store/tables/sync/webhook-store.ts';

/** As long as the specification's upper half allows, which is 24 to 64 bytes (source: standardwebhooks.com). */
const secretBytes = 32;

/** Plain base64: many receivers refuse base64url. */
export function makeSecret(): string {
  return `whsec_${randomBytes(secretBytes).toString('base64')}`;
}

/** The context that a sealed secret is bound to, so that one workspace's row cannot be used for another. */
export function webhookContext(workspaceId: string): string {
  return `webhook:${workspaceId}`;
}

export type Message = { id: string; at: Date; body: string };

/** The headers of Standard Webhooks. While a secret is changed, the old one signs too. */
export function signMessage({ sealer }: { sealer: Sealer }, row: WebhookRow, { id, at, body }: Message) {
  const open = (sealed: string) => new Webhook(sealer.open(sealed, webhookContext(row.workspaceId)));
  const isOldValid = row.oldSecretUntil !== null && row.oldSecretUntil > at.toISOString();
  const sealed = [row.sealedSecret, isOldValid ? row.sealedOldSecret : null].filter((one) => one !== null);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': sealed.map((one) => open(one).sign(id, at, body)).join(' '),
  };
}
