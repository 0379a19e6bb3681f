import type { LedgerDocument } from '#server/ledger/document.ts';
import type { XeroCaller, XeroContactRow } from './gateway.ts';
import { idsPerCall } from './list-documents.ts';
import { parseChangedContacts, parseContacts } from './parse-contacts.ts';
import {
  allInvoiceStatuses,
  closedQuoteStatuses,
  openQuoteStatuses,
  parseInvoices,
  parseQuotes,
} from './parse-documents.ts';
import { findDate } from './read-answer.ts';
import { type ChangedRows, type ChangePage, readChanges } from './read-changes.ts';
import { type ListDeps, toChunks } from './read-pages.ts';
import type { Question } from './send-question.ts';
import type { XeroAnswer } from './xero-answer.ts';

const order = 'UpdatedDateUTC ASC';
const rowsPerPage = 1000;
const quotesPerPage = 100;
/** 20,000 documents or contacts, 2,000 quotes: beyond that, loading what is looked at costs less. */
const mostCalls = 20;
const allQuoteStatuses = [...openQuoteStatuses, ...closedQuoteStatuses, 'DELETED'];

export type ChangedContact = XeroContactRow & { updatedAt: string };

/** What stream questions have in common: by caller, since an instant of Xero's clock. */
type ListChanged<Row> = (deps: ListDeps, caller: XeroCaller, since: string) => Promise<ChangedRows<Row>>;

/** Invoices and bills of the whole organisation in any status: one call per 1,000; one call where nothing changed. */
export const listInvoicesChangedSince: ListChanged<LedgerDocument> = (deps, caller, since) => {
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
  const toRows = (answer: XeroAnswer) => parseInvoices(answer, allInvoiceStatuses).documents;
  return list(deps, caller, { name: 'GET /Invoices', since, pageSize: rowsPerPage, send, toRows });
};

/** Quotes of the whole organisation in any status: one call per 100. */
export const listQuotesChangedSince: ListChanged<LedgerDocument> = (deps, caller, since) => {
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
  const toRows = (answer: XeroAnswer) => parseQuotes(answer, allQuoteStatuses).documents;
  return list(deps, caller, { name: 'GET /Quotes', since, pageSize: quotesPerPage, send, toRows });
};

/** Contacts, archived ones too; whom they were merged into is told only when they are read by id. */
export const listContactsChangedSince: ListChanged<ChangedContact> = (deps, caller, since) => {
  const send = (from: Date, page: number) => askForContacts({ from, order, page, pageSize: rowsPerPage });
  return list(deps, caller, {
    ...{ name: 'GET /Contacts', since, pageSize: rowsPerPage, send },
    toRows: parseChangedContacts,
  });
};

/** These contacts, archived ones too: 40 a call. What Xero does not have is missing. */
export async function listContactsById(
  { ask }: ListDeps,
  caller: XeroCaller,
  contactIds: readonly string[],
): Promise<XeroContactRow[]> {
  const answers = await Promise.all(
    toChunks(contactIds, idsPerCall).map((ids) =>
      ask(caller, { name: 'GET /Contacts', send: askForContacts({ ids, page: 1, pageSize: idsPerCall }) }),
    ),
  );
  return answers.flatMap(parseContacts);
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

type Listed<Row> = {
  name: string;
  since: string;
  pageSize: number;
  send(from: Date, page: number): Question['send'];
  toRows(answer: XeroAnswer): Row[];
};

function list<Row extends { id: string; updatedAt: string }>(
  { ask }: ListDeps,
  caller: XeroCaller,
  { name, since, pageSize, send, toRows }: Listed<Row>,
): Promise<ChangedRows<Row>> {
  const readPage = async (at: { since: string; page: number }): Promise<ChangePage<Row>> => {
    const answer = await ask(caller, { name, isConditional: true, send: send(new Date(at.since), at.page) });
    return { rows: answer.status === 304 ? [] : toRows(answer), asOf: findDate(answer) };
  };
  return readChanges({ readPage, pageSize, since, mostCalls });
}
