import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Fault } from '../../faults.ts';
import { toElements } from '../body.ts';
import { answerElements } from '../envelope.ts';
import type { ApiAnswer, ApiCall } from '../route.ts';
import { zeroId } from './refused-document.ts';
import { toErrors } from './write-elements.ts';

/** How an element of a 200 shows that it was refused. "zero id": only its id is missing. */
export const refusalSigns = [
  'StatusAttributeString',
  'HasErrors',
  'HasValidationErrors',
  'ValidationErrors',
  'zero id',
] as const;
export type RefusalSign = (typeof refusalSigns)[number];

const ids: Record<string, string> = {
  Contacts: 'ContactID',
  Invoices: 'InvoiceID',
  Quotes: 'QuoteID',
  Attachments: 'AttachmentID',
  Payments: 'PaymentID',
  Items: 'ItemID',
  PurchaseOrders: 'PurchaseOrderID',
  CreditNotes: 'CreditNoteID',
};

const elementSchema = z.record(z.string(), z.unknown());

/**
 * A refusal in a 200, as Xero answers with `summarizeErrors=false`: the element as sent, with nothing done. With a
 * single sign, the element has an id, and its message is further inside.
 */
export function answerErrorsInside(
  call: ApiCall,
  path: string,
  { sign, message = 'A validation error that the sandbox was asked for' }: Pick<Fault, 'sign' | 'message'>,
): ApiAnswer {
  const plural = pluralOf(path);
  const sent = elementSchema.safeParse(Buffer.isBuffer(call.body) ? undefined : toElements(call.body ?? {}, plural)[0]);
  const element = { ...sent.data, FileName: call.params.name };
  const errors = { ValidationErrors: toErrors([message]) };
  return answerElements(call, plural, [{ ...element, ...toSigns(ids[plural], sign, errors) }]);
}

function pluralOf(path: string): string {
  if (path.endsWith('/History')) return 'HistoryRecords';
  return path.includes('/Attachments') ? 'Attachments' : (path.split('/')[1] ?? '');
}

function toSigns(idName: string | undefined, sign: RefusalSign | undefined, errors: Record<string, unknown>) {
  const id = (value: string) => (idName === undefined ? {} : { [idName]: value });
  const inside = { LineItems: [errors] };
  if (sign === undefined) {
    return { ...id(zeroId), StatusAttributeString: 'ERROR', HasErrors: true, HasValidationErrors: true, ...errors };
  }
  if (sign === 'zero id') return { ...id(zeroId), ...inside };
  if (sign === 'ValidationErrors') return { ...id(randomUUID()), StatusAttributeString: 'OK', ...errors };
  return { ...id(randomUUID()), ...inside, [sign]: sign === 'StatusAttributeString' ? 'ERROR' : true };
}
