import { z } from 'zod';
import type { Deps } from '#server/deps.ts';
import type { WriteRow } from '#server/store/store.ts';
import { type PersonActing, startActing } from '#server/use-cases/acting/acting.ts';
import { requireAdd } from '#server/use-cases/acting/kind-rights.ts';
import { type Person, requireRight } from '#server/use-cases/acting/principal.ts';
import { hashParts, type WriteHandler } from '#server/use-cases/writes/write-handler.ts';
import { writeOnce } from '#server/use-cases/writes/write-once.ts';
import { formatInvoiceStatus } from '#server/xero/bytes/format-document.ts';
import type { XeroDocument } from '#server/xero/documents/document.ts';
import { AppError } from '#shared/app-error.ts';
import type { CreatedDocument } from '#shared/contract/document.ts';
import { type DocumentAction, listDocumentActions } from '#shared/contract/document-actions.ts';
import { compareDecimals, type Decimal } from '#shared/money.ts';
import { convertQuote } from './convert-quote.ts';
import { toWriteKey } from './create-document.ts';
import { type ActRequest, getActable, toNotAllowed } from './reachable-document.ts';
import { getSessionRecord } from './session-record.ts';
import { formatStoredDocument, parseStoredDocument, type StoredDocument, toDocumentAnswer } from './stored-document.ts';

/** Acts on a document, if Xero allows it in its current status. The same key again is the same action. */
export async function actOnDocument(deps: Deps, person: Person, request: ActRequest): Promise<CreatedDocument> {
  requireAdd(person, request.kind);
  const acting = await startActing(deps, person);
  if (request.action === 'convert_to_invoice') {
    requireRight(person, 'invoices');
    return convertQuote(acting, request);
  }
  const { made, write } = await writeOnce(acting, {
    writeKey: toWriteKey(acting, request.idempotencyKey),
    kind: `act_${request.kind}`,
    record: getSessionRecord(acting),
    bodyHash: hashParts([request.kind, request.id, request.action]),
    handler: buildActHandler(acting, request),
    prepare: async () => {
      const document = await getActable(acting, request);
      const details = { quoteTotal: document.kind === 'quote' ? document.total : null };
      return { request: formatRequest(request), details: JSON.stringify(details) };
    },
  });
  await deps.ledger.merge(acting.caller.organisationId, made);
  const previewTotal = readQuoteTotal(write);
  const differs = previewTotal !== null && compareDecimals(previewTotal, made.total) !== 0;
  return {
    document: toDocumentAnswer(acting, made),
    previewTotal,
    warnings: differs ? ['total_differs'] : [],
  };
}

/** The bytes for Xero. For a quote only the wanted change, because the rest is read just before it is sent. */
function formatRequest(request: ActRequest): string {
  const { kind, id } = request;
  const status = statusAfter(request);
  return kind === 'quote' ? JSON.stringify({ QuoteID: id, Status: status }) : formatInvoiceStatus({ id, status });
}

const detailsSchema = z.object({ quoteTotal: z.string().nullable().default(null) });

/** The quote's total before the action. A change of status must not change it. */
function readQuoteTotal({ details }: WriteRow): Decimal | null {
  return detailsSchema.parse(JSON.parse(details)).quoteTotal;
}

const statuses: Readonly<Record<Exclude<DocumentAction, 'email' | 'convert_to_invoice'>, string>> = {
  submit: 'SUBMITTED',
  approve: 'AUTHORISED',
  mark_sent: 'SENT',
  accept: 'ACCEPTED',
  decline: 'DECLINED',
  delete: 'DELETED',
  void: 'VOIDED',
};

function statusAfter({ action }: ActRequest): string {
  return action === 'email' || action === 'convert_to_invoice' ? '' : statuses[action];
}

/** A change of status is found by the status, and an e-mail by Xero's own mark that it was sent. */
function buildActHandler(acting: PersonActing, { kind, id, action }: ActRequest): WriteHandler<StoredDocument> {
  const { deps, caller } = acting;
  const status = statusAfter({ kind, id, action, idempotencyKey: '' });
  const read = () => deps.xero.getDocument(caller, { kind, id });
  return {
    action: `document_${action}`,
    about: () => ({ document: { kind, id } }),
    send: async (write, { caller: sender, idempotencyKey }) => {
      if (kind === 'quote') {
        const check = (before: XeroDocument) => requireStillAllowed(acting, before, action);
        return (await deps.xero.changeQuoteStatus(sender, { id, status, idempotencyKey, check })).after;
      }
      if (action !== 'email') return deps.xero.updateInvoice(sender, { id, json: write.request, idempotencyKey });
      await deps.xero.emailInvoice(sender, id, idempotencyKey);
      return read();
    },
    find: async () => {
      const document = await read();
      const isDone = action === 'email' ? document.isSent : document.status === status;
      return { made: isDone ? [document] : [], isWhole: true, isCertain: true };
    },
    toEnd: (_write, document) => ({
      result: formatStoredDocument(document),
      // No document was made, so it must not count as one of ours.
      about: { contactId: document.contactId, document },
    }),
    parse: parseStoredDocument,
  };
}

/**
 * The quote may have moved on since an earlier sending whose answer was lost. Xero lets an accepted quote go back to
 * sent, so sending again would undo the customer's acceptance.
 */
function requireStillAllowed(acting: PersonActing, before: XeroDocument, action: DocumentAction): void {
  if (listDocumentActions(before, { canApprove: true }).includes(action)) return;
  const { code, details } = toNotAllowed(acting, before);
  throw new AppError(code, { ...details, proof: 'refused_unless_found' });
}
