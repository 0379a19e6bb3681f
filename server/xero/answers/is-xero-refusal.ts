import { z } from 'zod';
import { tryParseExactJson } from '#server/xero/bytes/exact-json.ts';
import { zeroId } from './fields.ts';
import { isSuccess, type XeroAnswer } from './xero-answer.ts';

/** The list in an answer to a write, by member name, and the name of its elements' id. */
const ownIds: Readonly<Record<string, string | null>> = {
  Contacts: 'ContactID',
  Invoices: 'InvoiceID',
  Quotes: 'QuoteID',
  Attachments: 'AttachmentID',
  HistoryRecords: null,
  Items: 'ItemID',
  PurchaseOrders: 'PurchaseOrderID',
  CreditNotes: 'CreditNoteID',
  Payments: 'PaymentID',
  Accounts: 'AccountID',
  TaxRates: null,
  Options: 'TrackingOptionID',
  Allocations: null,
  ContactGroups: 'ContactGroupID',
  /** In an answer 400. */
  Elements: null,
};

/** With `PostDataInvalidException` Xero could not read the body, so it did nothing (observed by others). */
const exceptionSchema = z.object({ Type: z.enum(['ValidationException', 'PostDataInvalidException']) });
const errorsSchema = z.array(z.unknown()).min(1);

/**
 * True when Xero's accounting API read the request and refused it with its own validation answer in JSON. Usually that
 * is a 400. Xero also answers 200 with errors inside: an element whose `StatusAttributeString` is ERROR, whose
 * `HasErrors` or `HasValidationErrors` is true, that has `ValidationErrors` (Xero's own examples show them next to
 * "OK"), or whose own id is all zeros. Warnings are not errors. False for everything else: other statuses, HTML pages,
 * and a 400 from a proxy between us and Xero.
 */
export function isXeroRefusal(answer: XeroAnswer): boolean {
  if (answer.status !== 400 && !isSuccess(answer)) return false;
  const body = tryParseExactJson(answer.text);
  if (typeof body !== 'object' || body === null) return false;
  if (exceptionSchema.safeParse(body).success) return true;
  return Object.entries(body).some(
    ([name, elements]) =>
      Object.hasOwn(ownIds, name) &&
      Array.isArray(elements) &&
      elements.some((element: unknown) => isRefusedElement(element, ownIds[name] ?? null)),
  );
}

/**
 * Whether this element of an answer was refused. Errors further inside (on a line or the contact) count if the element
 * has no id and so was not created.
 */
export function isRefusedElement(element: unknown, ownId: string | null): boolean {
  if (typeof element !== 'object' || element === null) return false;
  const members = new Map<string, unknown>(Object.entries(element));
  const id = ownId === null ? undefined : members.get(ownId);
  return (
    members.get('HasErrors') === true ||
    members.get('HasValidationErrors') === true ||
    /^error$/i.test(String(members.get('StatusAttributeString') ?? '')) ||
    errorsSchema.safeParse(members.get('ValidationErrors')).success ||
    id === zeroId ||
    (typeof id !== 'string' && hasErrors(element))
  );
}

function hasErrors(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([name, member]) => (name === 'ValidationErrors' && errorsSchema.safeParse(member).success) || hasErrors(member),
  );
}
