import type { DealClaims } from '#server/identity/claims.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import { listReachableContacts } from '#server/use-cases/acting/reach.ts';
import type { MadeInvoice } from '#server/xero/documents/writes/list-made-invoices.ts';
import { compareDecimals } from '#shared/money.ts';
import type { InvoicedLine } from '../reservations.ts';
import { readSourceUrl, sourceMark } from '../session-record.ts';
import { parseDetails } from '../write-details.ts';

/**
 * Finds the deal's lines that are on an invoice whose reservation is lost, for example after a restore from an older
 * backup. Such an invoice names the deal and its write in Xero. If the write is lost too, lines are matched by their
 * content. A line that was changed before saving could be any line of the deal. A line counts as invoiced unless it
 * certainly is not.
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

/** For one invoice: the lines recorded in its write, or else the lines that its content suggests. */
async function listLines(
  { deps, caller }: PersonActing,
  { record, deal }: DealClaims,
  invoice: MadeInvoice,
): Promise<InvoicedLine[]> {
  const source = readSourceUrl(invoice.sourceUrl);
  if (source?.recordUrl !== record.url) return [];
  const { number } = invoice;
  const write = await deps.store.writes.find(caller.workspaceId, source.writeId);
  // A refused write does not disprove an invoice that exists.
  if (write && write.state !== 'refused') return parseDetails(write).fromDealLines.map((index) => ({ index, number }));
  return listHeld(deal.lines ?? [], invoice).map((index) => ({ index, number, isUnsure: true }));
}

type DealLine = { description: string; quantity: string; unitAmount: string };

/** The deal's lines that match a line of the invoice. All of them if a line of the invoice matches none. */
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
