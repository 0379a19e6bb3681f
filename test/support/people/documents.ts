import type { Visit } from './visit.ts';

/** A write with the form's idempotency key, as the widget sends it. */
export type DocumentRequest = { path: string; key: string; body: unknown };

export type Answer = { status: number; body: Record<string, unknown> };

/** A form's body: two lines with a total that is known to the cent. */
export function newDocument(contactId: string, change: Record<string, unknown> = {}) {
  return {
    contactId,
    date: '2026-11-20',
    dueDate: '2026-12-20',
    currency: 'AUD',
    lineAmountTypes: 'exclusive',
    lines: [
      { description: 'Oak desk', quantity: '3', unitAmount: '33.35', accountCode: '200', taxType: 'OUTPUT' },
      { description: 'Delivery', quantity: '1', unitAmount: '12.50', accountCode: '200', taxType: 'OUTPUT' },
    ],
    ...change,
  };
}

export async function sendDocument(visit: Visit, { path, key, body }: DocumentRequest): Promise<Answer> {
  const answer = await visit.send('POST', path, body, { 'idempotency-key': key });
  return { status: answer.status, body: answer.body as Record<string, unknown> };
}
