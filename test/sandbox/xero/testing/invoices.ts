import type { TestDesk } from './desk.ts';

type Fields = Record<string, unknown>;

export const lampLine = { Description: 'Lamp', Quantity: 2, UnitAmount: 50, AccountCode: '200' };

/** The invoices and bills that tests send: two lamps for AUD 100.00 and 10.00 tax. */
export function invoiceForms(desk: () => TestDesk) {
  const draft = (more: Fields = {}): Fields => ({
    Type: 'ACCREC',
    Contact: { ContactID: desk().contact('Blue Gum Dental') },
    LineItems: [lampLine],
    ...more,
  });
  return {
    draft,
    approved: (more: Fields = {}): Fields =>
      draft({ Status: 'AUTHORISED', Date: '2026-11-01', DueDate: '2026-11-15', ...more }),
    bill: (more: Fields = {}): Fields =>
      draft({ Type: 'ACCPAY', LineItems: [{ ...lampLine, AccountCode: '429' }], ...more }),
    put: (body: unknown) => desk().write('PUT', '/Invoices', { Invoices: [body] }),
    post: (id: unknown, body: unknown) => desk().write('POST', `/Invoices/${id}`, { Invoices: [body] }),
    refused: (body: unknown) => desk().refusal('PUT', '/Invoices', { Invoices: [body] }),
    refusedChange: (id: unknown, body: unknown) => desk().refusal('POST', `/Invoices/${id}`, { Invoices: [body] }),
  };
}
