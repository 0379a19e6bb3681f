import { findDate } from '#server/xero/answers/read-answer.ts';
import type { XeroList } from '#server/xero/answers/read-rows.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import type { Question } from '#server/xero/calling/send-question.ts';
import { parseChangedContacts, parseContacts } from '#server/xero/contacts/parse-contacts.ts';
import type { XeroCaller, XeroContactRow } from '#server/xero/gateway.ts';
import type { DocumentHeader } from '../ledger-document.ts';
import {
  allInvoiceStatuses,
  allQuoteStatuses,
  type DocumentPage,
  parseInvoices,
  parseQuotes,
} from '../parse-documents.ts';
import { idsPerCall } from './list-documents.ts';
import { type ChangedRows, type ChangePage, readChanges } from './read-changes.ts';
import { type ListDeps, toChunks } from './read-pages.ts';

const order = 'UpdatedDateUTC ASC';
const rowsPerPage = 1000;
const quotesPerPage = 100;
/** 20,000 documents or contacts, 2,000 quotes: beyond that, loading what is looked at costs less. */
const mostCalls = 20;

export type ChangedContact = XeroContactRow & { updatedAt: string };

/** What stream questions have in common: by caller, since an instant of Xero's clock. */
type ListChanged<Row> = (deps: ListDeps, caller: XeroCaller, since: string) => Promise<ChangedRows<Row>>;

/** Invoices and bills of the whole organisation in any status: one call per 1,000; one call where nothing changed. */
export const listInvoicesChangedSince: ListChanged<DocumentHeader> = (deps, caller, since) => {
  const send = (from: Date, page: number): Question['send'] => {
    return (api, tenantId) =>
      api.getInvoices(
        tenantId,
        from,
        undefined, // where
        order,
        undefined, // iDs
        undefined, // invoiceNumbers
        undefined, // contactIDs
        [...allInvoiceStatuses],
        page,
        undefined, // includeArchived
        undefined, // createdByMyApp
        undefined, // unitdp
        true, // summaryOnly
        rowsPerPage,
      );
  };
  const toPage = (answer: XeroAnswer) => toChanged(parseInvoices(answer, allInvoiceStatuses));
  return list(deps, caller, { list: 'invoices', name: 'GET /Invoices', since, pageSize: rowsPerPage, send, toPage });
};

/** Quotes of the whole organisation in any status: one call per 100. */
export const listQuotesChangedSince: ListChanged<DocumentHeader> = (deps, caller, since) => {
  const send = (from: Date, page: number): Question['send'] => {
    return (api, tenantId) =>
      api.getQuotes(
        tenantId,
        from,
        undefined, // dateFrom
        undefined, // dateTo
        undefined, // expiryDateFrom
        undefined, // expiryDateTo
        undefined, // contactID
        undefined, // status
        page,
        order,
      );
  };
  const toPage = (answer: XeroAnswer) => toChanged(parseQuotes(answer, allQuoteStatuses));
  return list(deps, caller, { list: 'quotes', name: 'GET /Quotes', since, pageSize: quotesPerPage, send, toPage });
};

/** Contacts, archived ones too; whom they were merged into is told only when they are read by id. */
export const listContactsChangedSince: ListChanged<ChangedContact> = (deps, caller, since) => {
  const send = (from: Date, page: number) => askForContacts({ from, order, page, pageSize: rowsPerPage });
  return list(deps, caller, {
    ...{ list: 'contacts', name: 'GET /Contacts', since, pageSize: rowsPerPage, send },
    toPage: parseChangedContacts,
  });
};

/** These contacts, archived ones too: 40 a call. What Xero does not have is missing. */
export async function listContactsById(
  { ask, noteSetAside }: ListDeps,
  caller: XeroCaller,
  contactIds: readonly string[],
): Promise<XeroContactRow[]> {
  const answers = await Promise.all(
    toChunks(contactIds, idsPerCall).map((ids) =>
      ask(caller, { name: 'GET /Contacts', send: askForContacts({ ids, page: 1, pageSize: idsPerCall }) }),
    ),
  );
  const lists = answers.map(parseContacts);
  for (const { faults } of lists) noteSetAside('contacts', faults);
  return lists.flatMap(({ rows }) => rows);
}

type ContactFilter = { from?: Date; ids?: string[]; order?: string; page: number; pageSize: number };

function askForContacts({ from, ids, order, page, pageSize }: ContactFilter): Question['send'] {
  return (api, tenantId) =>
    api.getContacts(
      tenantId,
      from,
      undefined, // where
      order,
      ids,
      page,
      true, // includeArchived
      true, // summaryOnly
      undefined, // searchTerm
      pageSize,
    );
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
  name: string;
  since: string;
  pageSize: number;
  send(from: Date, page: number): Question['send'];
  toPage(answer: XeroAnswer): ParsedPage<Row>;
};

async function list<Row extends { id: string; updatedAt: string }>(
  { ask, noteSetAside, log }: ListDeps,
  caller: XeroCaller,
  { list: name, ...listed }: Listed<Row>,
): Promise<ChangedRows<Row>> {
  const readPage = async (at: { since: string; page: number }): Promise<ChangePage<Row>> => {
    const send = listed.send(new Date(at.since), at.page);
    const answer = await ask(caller, { name: listed.name, isConditional: true, send });
    const asOf = findDate(answer);
    if (answer.status === 304) return { rows: [], asOf };
    const { faults, ...page } = listed.toPage(answer);
    noteSetAside(name, faults);
    return { ...page, asOf };
  };
  const changed = await readChanges({ ...listed, readPage, mostCalls });
  if (changed.isRepeated) {
    const { organisationId } = caller;
    log.warn({ organisationId, list: name, code: 'xero_invalid_answer' }, 'Xero answered the same page again');
  }
  return changed;
}
