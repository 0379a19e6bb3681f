import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import { canSee } from '#server/use-cases/acting/kind-rights.ts';
import type { XeroDocument } from '#server/xero/documents/document.ts';
import type { MadeInvoice } from '#server/xero/documents/writes/list-made-invoices.ts';
import { AppError, type FieldError } from '#shared/app-error.ts';
import { toFieldError } from '#shared/words/field-error-words.ts';
import { readSourceUrl, sourceMark } from '../session-record.ts';
import { parseDetails } from '../write-details.ts';

/**
 * Refuses the conversion when Xero has an invoice of this quote whose reservation is lost, for example after a restore
 * from an older backup. The quote's status proves nothing: marking it as invoiced may have failed, or somebody may have
 * undone it. If the write is lost too, the invoice's reference names the quote.
 */
export async function findLostConversion(acting: PersonActing, quote: XeroDocument): Promise<AppError | undefined> {
  const { deps, caller, principal: person } = acting;
  const made = { contactIds: [quote.contactId], mark: sourceMark };
  const { invoices, isWhole } = await deps.xero.listMadeInvoices(caller, made);
  const evidence = await Promise.all(invoices.map((invoice) => weigh(acting, quote, invoice)));
  const numberOf = (wanted: Evidence) => {
    const place = evidence.indexOf(wanted);
    return place < 0 ? undefined : (canSee(person, 'invoice') && invoices[place]?.number) || null;
  };
  const [certain, likely] = [numberOf('certain'), numberOf('likely')];
  if (certain !== undefined) return toRefusal(toConvertedError(certain));
  if (likely !== undefined) return toRefusal(toLikelyError(likely));
  return isWhole ? undefined : toRefusal(toFieldError('quote', 'quote_invoices_unchecked'));
}

type Evidence = 'certain' | 'likely' | 'none';

async function weigh({ deps, caller }: PersonActing, quote: XeroDocument, invoice: MadeInvoice): Promise<Evidence> {
  const source = readSourceUrl(invoice.sourceUrl);
  if (!source) return 'none';
  const write = await deps.store.writes.find(caller.workspaceId, source.writeId);
  // A refused write does not disprove an invoice that exists.
  if (write && write.state !== 'refused') {
    return parseDetails(write).quote?.id.toLowerCase() === quote.id.toLowerCase() ? 'certain' : 'none';
  }
  return namesQuote(invoice, quote) ? 'likely' : 'none';
}

/** The reference of a converted invoice is the quote's own reference and its number, separated by a comma. */
function namesQuote({ reference }: MadeInvoice, { number }: XeroDocument): boolean {
  if (!reference || !number) return false;
  const wanted = number.trim().toLowerCase();
  return reference.split(',').some((part) => part.trim().toLowerCase() === wanted);
}

/** `number`: the invoice's; null for people who may not view it. */
function toConvertedError(number: string | null): FieldError {
  return number === null
    ? toFieldError('quote', 'quote_converted')
    : toFieldError('quote', 'quote_converted_to', { number });
}

function toLikelyError(number: string | null): FieldError {
  return number === null
    ? toFieldError('quote', 'quote_likely_converted')
    : toFieldError('quote', 'quote_likely_converted_to', { number });
}

function toRefusal(error: FieldError): AppError {
  return new AppError('preflight_failed', { errors: [error] });
}
