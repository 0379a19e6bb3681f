import { callOf } from './call-of.ts';
import type { SandboxCall } from './sandbox-calls.ts';

/** An invoice of the contact that each credit belongs to, and an allocation that exists. */
export type CreditIds = Record<
  | 'creditNote'
  | 'prepayment'
  | 'overpayment'
  | 'invoiceOfNote'
  | 'invoiceOfPrepayment'
  | 'invoiceOfOverpayment'
  | 'allocationOfNote'
  | 'allocationOfPrepayment'
  | 'allocationOfOverpayment'
  | 'draftNote'
  | 'contact',
  string
>;

/** Credit notes, and the allocations of every kind of credit. */
export function toCreditCalls(ids: CreditIds): SandboxCall[] {
  return [
    ...creditNoteCalls(ids),
    ...allocationCalls('/CreditNotes/{CreditNoteID}', [ids.creditNote, ids.invoiceOfNote, ids.allocationOfNote]),
    ...allocationCalls('/Prepayments/{PrepaymentID}', [
      ids.prepayment,
      ids.invoiceOfPrepayment,
      ids.allocationOfPrepayment,
    ]),
    ...allocationCalls('/Overpayments/{OverpaymentID}', [
      ids.overpayment,
      ids.invoiceOfOverpayment,
      ids.allocationOfOverpayment,
    ]),
  ];
}

function creditNoteCalls({ contact, draftNote }: CreditIds): SandboxCall[] {
  const line = { Description: 'Returned lamps', Quantity: 2, UnitAmount: 20, AccountCode: '429' };
  const good = { Type: 'ACCPAYCREDIT', Contact: { ContactID: contact }, Date: '2026-11-10', LineItems: [line] };
  const bad = { ...good, LineItems: [{ ...line, AccountCode: '999' }] };
  const both = { path: '/CreditNotes?summarizeErrors=false', body: { CreditNotes: [good, bad] } };
  return [
    callOf('PUT', '/CreditNotes', [], { body: { CreditNotes: [good] } }),
    callOf('PUT', '/CreditNotes', [], { body: { CreditNotes: [bad] }, status: 400 }),
    callOf('PUT', '/CreditNotes', [], both),
    callOf('POST', '/CreditNotes', [], { body: { CreditNotes: [good] } }),
    callOf('POST', '/CreditNotes', [], { body: { CreditNotes: [bad] }, status: 400 }),
    callOf('POST', '/CreditNotes', [], both),
    callOf('POST', '/CreditNotes/{CreditNoteID}', [draftNote], { body: { CreditNotes: [{ Date: '2026-11-11' }] } }),
  ];
}

function allocationCalls(one: string, [credit = '', InvoiceID = '', allocation = '']: string[]): SandboxCall[] {
  const put = (...amounts: number[]) => ({
    body: { Allocations: amounts.map((Amount) => ({ Invoice: { InvoiceID }, Amount, Date: '2026-11-10' })) },
  });
  const path = `${one.replace(/\{\w+\}/, credit)}/Allocations?summarizeErrors=false`;
  return [
    callOf('PUT', `${one}/Allocations`, [credit], put(1)),
    callOf('PUT', `${one}/Allocations`, [credit], { ...put(99_999), status: 400 }),
    callOf('PUT', `${one}/Allocations`, [credit], { ...put(1, 99_999), path }),
    callOf('DELETE', `${one}/Allocations/{AllocationID}`, [credit, allocation]),
  ];
}
