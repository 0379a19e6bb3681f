import { isFull } from '#server/xero/answers/pagination.ts';
import { quotesPerPage } from '#server/xero/endpoints/quotes.ts';
import type { LoadedDocuments, XeroCaller } from '#server/xero/gateway.ts';
import type { XeroDeps } from '#server/xero/xero-deps.ts';
import type { CalendarDate } from '#shared/calendar.ts';
import { documentKinds } from '#shared/document-kinds.ts';
import { readQuotePages } from './list-documents.ts';
import { type Page, toLoaded } from './read-pages.ts';

/** Quotes dated `partialUntil` or earlier may be incomplete; null when none are missing. */
export type ClosedQuotes = LoadedDocuments & { partialUntil: CalendarDate | null };

/** Up to this many contacts are read one by one. Beyond, the newest quotes of the whole organisation are read. */
const fewContacts = 10;
/** Xero returns 100 quotes per call and never their number, so this limits the cost of one view. */
const mostQuotePages = 10;

/** Declined and invoiced quotes, newest first. Xero can page them only for one contact or one status. */
export async function listClosedQuotes(
  deps: XeroDeps,
  caller: XeroCaller,
  contactIds: readonly string[],
): Promise<ClosedQuotes> {
  const ids = [...new Set(contactIds.map((id) => id.toLowerCase()))];
  const common = { statuses: documentKinds.quote.closedStatuses, order: 'Date DESC' };
  const filters =
    ids.length <= fewContacts
      ? ids.map((contactId) => ({ contactId }))
      : documentKinds.quote.closedStatuses.map((status) => ({ status }));
  const loads = await Promise.all(
    filters.map((filter) => readQuotePages(deps, caller, { ...common, ...filter }, mostQuotePages)),
  );
  const pages = loads.flat();
  const hasStrangers = ids.length > fewContacts;
  return {
    ...toLoaded(deps, pages, { contactIds: ids, hasStrangers }),
    partialUntil: loads.map(findCut).reduce(later, null),
  };
}

/** The earliest day down to which a load that stopped early is complete. */
function findCut(pages: readonly Page[]): CalendarDate | null {
  const last = pages.at(-1);
  const isCut = last && isFull({ ...last, rowCount: last.rowKeys.length }, quotesPerPage);
  if (!isCut || pages.length < mostQuotePages) return null;
  const dates = pages.flatMap(({ rows }) => rows.flatMap(({ document }) => document?.date ?? []));
  return dates.reduce((first, date) => (date < first ? date : first), last.asOf.slice(0, 10));
}

function later(a: CalendarDate | null, b: CalendarDate | null): CalendarDate | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
