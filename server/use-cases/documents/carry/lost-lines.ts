import type { DealClaims } from '#server/identity/claims.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import { listReachableContacts } from '#server/use-cases/acting/reach.ts';
import type { MadeInvoice } from '#server/xero/documents/writes/list-made-invoices.ts';
import { compareDecimals } from '#shared/money.ts';
import type { InvoicedLine } from '../reservations.ts';
import { readSourceUrl, sourceMark } from '../session-record.ts';
import { parseDetails } from '../write-details.ts';

/**
 * The lines of the deal that are on an invoice whose reservation is lost, as after the database was restored from an
 * older copy. Such an invoice names the deal and its write in Xero. When the write is lost too, lines are matched by
 * their content; a line that somebody changed before saving could be any line of the deal. A line counts as invoiced
 * unless it certainly is not.
 */
export async function findLostLines(acting: PersonActing, indices: readonly number[]): Promise<InvoicedLine[]> {
  const { claims } = acting.principal.session;
  if (!('deal' in claims) || indices.length === 0) return [];
  const contactIds = await listReachableContacts(acting);
  const made = { contactIds, mark: sourceMark };
  const { invoices, isWhole } = await acting.deps.xero.listMadeInvoices(acting.caller, made);
  const found = await Promise.all(invoices.map((invoice) => listLines(acting, claims, invoice)));
  const unread = isWhole ? [] : indices.map((index) => ({ index, number: null, isUnsure: true as const }));
  return indices.flatMap((index) => [...found.flat(), ...unread].find((line) => line.index === index) ?? []);
}

/** Of one invoice: what its write says where that is known, else what the invoice itself lets believe. */
async function listLines(
  { deps, caller }: PersonActing,
  { record, deal }: DealClaims,
  invoice: MadeInvoice,
): Promise<InvoicedLine[]> {
  const source = readSourceUrl(invoice.sourceUrl);
  if (source?.recordUrl !== record.url) return [];
  const { number } = invoice;
  const write = await deps.store.writes.find(caller.workspaceId, source.writeId);
  // A refusal says nothing against an invoice that stands there.
  if (write && write.state !== 'refused') return parseDetails(write).fromDealLines.map((index) => ({ index, number }));
  return listHeld(deal.lines ?? [], invoice).map((index) => ({ index, number, isUnsure: true }));
}

type DealLine = { description: string; quantity: string; unitAmount: string };

/** The deal's lines that read as one on the invoice; all of them where one there reads as none of the deal's. */
function listHeld(lines: readonly DealLine[], invoice: MadeInvoice): number[] {
  const all = lines.map((_, index) => index);
  const isSame = invoice.lines.map((line) => lines.map((dealLine) => isSameLine(line, dealLine)));
  if (isSame.some((fits) => !fits.includes(true))) return all;
  return all.filter((index) => isSame.some((fits) => fits[index]));
}

function isSameLine(line: MadeInvoice['lines'][number], { description, quantity, unitAmount }: DealLine): boolean {
  return (
    (line.description ?? '').trim() === description.trim() &&
    compareDecimals(line.quantity ?? '0', quantity) === 0 &&
    compareDecimals(line.unitAmount ?? '0', unitAmount) === 0
  );
}
