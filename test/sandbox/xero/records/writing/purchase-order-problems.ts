import type { z } from 'zod';
import type { Organisation } from '../organisation.ts';
import type { PurchaseOrder, PurchaseOrderStatus } from '../types.ts';
import type { LineSetting } from './complete-line.ts';
import { isSilent, sentContactProblems } from './contact-of-document.ts';
import { documentProblems, tooLong } from './document-problems.ts';
import { lineProblems } from './line-problems.ts';
import type { Problems } from './problems.ts';
import type { sentPurchaseOrderSchema } from './sent.ts';

export type SentPurchaseOrder = z.infer<typeof sentPurchaseOrderSchema>;

export type PurchaseOrderWrite = {
  organisation: Organisation;
  sent: SentPurchaseOrder;
  /** The purchase order to update. */
  known: PurchaseOrder | undefined;
  unitDecimals: number;
  now: number;
};

/** Why Xero would refuse this purchase order. It is not posted, so no lock date holds for it. */
export function purchaseOrderProblems(write: PurchaseOrderWrite): Problems {
  const { organisation, sent, known } = write;
  const contact = sent.Contact;
  const rules = { ...purchaseOrderSetting(write), needsDescription: true, needsAccount: false };
  return {
    document: [
      ...stateProblems(sent, known),
      ...(known || contact ? [] : ['A Contact must be specified for this type of transaction']),
      ...(known || sent.LineItems?.length ? [] : ['One or more line items must be specified']),
      ...documentProblems(organisation, sent),
      ...tooLong({ DeliveryInstructions: [sent.DeliveryInstructions, 500] }),
      ...numberProblems(write),
    ],
    contact: contact && (!isSilent(contact) || !known) ? sentContactProblems(organisation.books(), contact) : [],
    lines: (sent.LineItems ?? []).map((line) => lineProblems(organisation.books(), line, rules)),
  };
}

export function purchaseOrderSetting({ sent, known, unitDecimals }: PurchaseOrderWrite): LineSetting {
  return { side: 'purchases', types: sent.LineAmountTypes ?? known?.LineAmountTypes ?? 'Exclusive', unitDecimals };
}

/** Which changes of status Xero's documentation allows could not be verified beyond its list of statuses. */
const next: Record<PurchaseOrderStatus, PurchaseOrderStatus[]> = {
  DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
  SUBMITTED: ['SUBMITTED', 'DRAFT', 'AUTHORISED', 'DELETED'],
  AUTHORISED: ['AUTHORISED', 'BILLED', 'DELETED'],
  BILLED: ['BILLED', 'AUTHORISED'],
  DELETED: [],
};

const beginnings: PurchaseOrderStatus[] = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'BILLED'];

function stateProblems({ Status, LineItems }: SentPurchaseOrder, known: PurchaseOrder | undefined): string[] {
  const wanted = Status ?? known?.Status ?? 'DRAFT';
  const allowed = known ? next[known.Status] : beginnings;
  if (!allowed.includes(wanted)) return ['Purchase order not of valid status for modification'];
  if (known?.Status !== 'BILLED' || !LineItems?.length) return [];
  return ['The line items of a billed purchase order cannot be changed'];
}

/** From Xero's own example. A deleted order keeps its number, as nothing says that it becomes free. */
function numberProblems({ organisation, sent, known }: PurchaseOrderWrite): string[] {
  const number = sent.PurchaseOrderNumber?.toLowerCase();
  if (!number) return [];
  const isTaken = [...organisation.books().purchaseOrders.values()].some(
    (one) => one !== known && one.PurchaseOrderNumber.toLowerCase() === number,
  );
  return isTaken ? ['Order number must be unique'] : [];
}
