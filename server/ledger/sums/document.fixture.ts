import type { DocumentHeader } from '#server/xero/documents/document-header.ts';

/** For tests: a new approved invoice over 110 that is not due yet. Each call makes a different one. */
export function newDocument(change: Partial<DocumentHeader> = {}): DocumentHeader {
  return {
    ...{ id: crypto.randomUUID(), kind: 'invoice', contactId: 'c', number: null, reference: null },
    ...{ status: 'AUTHORISED', date: '2026-10-01', dueDate: '2026-12-01', currency: 'AUD', rate: null },
    ...{ subTotal: '100', total: '110', amountDue: '110', amountPaid: '0', amountCredited: '0' },
    updatedAt: '2026-10-01T00:00:00.000Z',
    ...change,
  };
}
