import type { XeroList } from '#server/xero/answers/read-rows.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import type { Question } from '#server/xero/calling/send-question.ts';
import { parseChangedContacts, parseContacts } from '#server/xero/contacts/parse-contacts.ts';
import { getContacts } from '#server/xero/endpoints/contacts.ts';
import { getInvoices } from '#server/xero/endpoints/invoices.ts';
import { idsPerCall, longestPage } from '#server/xero/endpoints/limits.ts';
import { getQuotes, quotesPerPage } from '#server/xero/endpoints/quotes.ts';
import type { XeroCaller, XeroContactRow } from '#server/xero/gateway.ts';
import type { XeroDeps } from '#server/xero/xero-deps.ts';
import type { DocumentHeader } from '../document-header.ts';
import {
  allInvoiceStatuses,
  allQuoteStatuses,
  type DocumentPage,
  parseInvoices,
  parseQuotes,
} from '../parse-documents.ts';
import type { ChangedRows, ChangePage } from './read-changes.ts';
import { toChunks } from './read-pages.ts';
import { oldestChangeFirst, type ReadAt, readSince } from './read-since.ts';

/** 20,000 documents or contacts, or 2,000 quotes. Beyond this, reloading what is viewed costs less. */
const mostCalls = 20;

export type ChangedContact = XeroContactRow & { updatedAt: string };

/** The shape of all stream questions: a caller, and an instant by Xero's clock. */
type ListChanged<Row> = (deps: XeroDeps, caller: XeroCaller, since: string) => Promise<ChangedRows<Row>>;

/** Invoices and bills of the whole organisation in any status: one call per 1,000, and at least one call. */
export const listInvoicesChangedSince: ListChanged<DocumentHeader> = (deps, caller, since) => {
  const statuses = allInvoiceStatuses;
  return list(deps, caller, {
    ...{ list: 'invoices', since, pageSize: longestPage },
    toQuestion: (at) =>
      getInvoices({ ...at, statuses, order: oldestChangeFirst, summaryOnly: true, pageSize: longestPage }),
    toPage: (answer) => toChanged(parseInvoices(answer, statuses)),
  });
};

/** Quotes of the whole organisation in any status: one call per 100. */
export const listQuotesChangedSince: ListChanged<DocumentHeader> = (deps, caller, since) =>
  list(deps, caller, {
    ...{ list: 'quotes', since, pageSize: quotesPerPage },
    toQuestion: (at) => getQuotes({ ...at, order: oldestChangeFirst }),
    toPage: (answer) => toChanged(parseQuotes(answer, allQuoteStatuses)),
  });

/** Contacts, including archived ones. Merge targets are returned only when contacts are read by id. */
export const listContactsChangedSince: ListChanged<ChangedContact> = (deps, caller, since) =>
  list(deps, caller, {
    ...{ list: 'contacts', since, pageSize: longestPage },
    toQuestion: (at) => getContacts({ ...at, order: oldestChangeFirst, includeArchived: true, pageSize: longestPage }),
    toPage: parseChangedContacts,
  });

/** These contacts, including archived ones: 40 per call. Contacts that Xero does not have are missing. */
export async function listContactsById(
  { ask, noteSetAside }: XeroDeps,
  caller: XeroCaller,
  contactIds: readonly string[],
): Promise<XeroContactRow[]> {
  const answers = await Promise.all(
    toChunks(contactIds, idsPerCall).map((ids) =>
      ask(caller, getContacts({ ids, includeArchived: true, page: 1, pageSize: idsPerCall })),
    ),
  );
  const lists = answers.map(parseContacts);
  for (const { faults } of lists) noteSetAside('contacts', faults);
  return lists.flatMap(({ rows }) => rows);
}

type ParsedPage<Row> = Omit<ChangePage<Row>, 'asOf'> & { faults: string[] };

function toChanged({ rows, ...page }: DocumentPage): ParsedPage<DocumentHeader> {
  return {
    ...page,
    rows: rows.flatMap(({ document }) => document ?? []),
    unreadable: rows.flatMap(({ unreadable }) => unreadable ?? []),
    faults: rows.flatMap((row) => (row.unreadable ? [row.fault] : [])),
  };
}

type Listed<Row> = {
  list: XeroList;
  since: string;
  pageSize: number;
  toQuestion(at: ReadAt): Question;
  toPage(answer: XeroAnswer): ParsedPage<Row>;
};

async function list<Row extends { id: string; updatedAt: string }>(
  { ask, noteSetAside, log }: XeroDeps,
  caller: XeroCaller,
  { list: name, ...listed }: Listed<Row>,
): Promise<ChangedRows<Row>> {
  const toPage = (answer: XeroAnswer) => {
    const { faults, ...page } = listed.toPage(answer);
    noteSetAside(name, faults);
    return page;
  };
  const changed = await readSince<Row>(ask, caller, { ...listed, toPage, mostCalls });
  if (changed.isRepeated) {
    const { organisationId } = caller;
    log.warn({ organisationId, list: name, code: 'xero_invalid_answer' }, 'Xero returned the same page again');
  }
  return changed;
}
