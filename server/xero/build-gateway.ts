import type { Cache } from '#server/cache/cache.ts';
import type { Clock } from '#server/clock.ts';
import type { Sealer } from '#server/sealing.ts';
import type { Store } from '#server/store/store.ts';
import { buildConnections, buildLook, buildToConnectionError } from '#server/xero/access/connection-checks.ts';
import { buildTokens, type XeroTokens } from '#server/xero/access/tokens.ts';
import { buildNoteSetAside, type XeroList } from '#server/xero/answers/read-rows.ts';
import { type Ask, buildAsk } from '#server/xero/calling/ask.ts';
import { installAxiosInterceptor } from '#server/xero/calling/axios-interceptor.ts';
import { buildGovernor, type Waited, type XeroGovernor } from '#server/xero/calling/governor.ts';
import { buildSendQuestion } from '#server/xero/calling/send-question.ts';
import type { Random, Wait, XeroConfig, XeroLog } from '#server/xero/calling/xero-config.ts';
import {
  createContact,
  findContactsByAccountNumber,
  findContactsByNumber,
  getContact,
  searchContacts,
} from '#server/xero/contacts/contacts.ts';
import * as extras from '#server/xero/documents/document-extras.ts';
import {
  buildChangeReads,
  buildDocumentReads,
  type XeroChanges,
  type XeroReads,
} from '#server/xero/documents/lists/document-reads.ts';
import { findBillsByNumber, getDocument } from '#server/xero/documents/lists/find-documents.ts';
import { listOpenInvoices, listQuotes } from '#server/xero/documents/lists/list-documents.ts';
import type { ListDeps } from '#server/xero/documents/lists/read-pages.ts';
import { changeQuoteStatus } from '#server/xero/documents/writes/change-quote-status.ts';
import { listMadeInvoices } from '#server/xero/documents/writes/list-made-invoices.ts';
import { lookForInvoices, lookForQuotes } from '#server/xero/documents/writes/look-for-writes.ts';
import { createDocument, updateInvoice } from '#server/xero/documents/writes/write-documents.ts';
import { getOrganisations } from '#server/xero/endpoints/settings.ts';
import { getContactDefaults, listChoices } from '#server/xero/organisation/choices.ts';
import { parseOrganisation } from '#server/xero/organisation/parse-organisation.ts';
import packageJson from '../../package.json' with { type: 'json' };
import type { XeroCaller, XeroGateway } from './gateway.ts';

export type XeroGatewayDeps = {
  config: XeroConfig;
  clock: Pick<Clock, 'now' | 'steadyMs'>;
  log: XeroLog;
  store: Pick<Store, 'connections'>;
  cache: Pick<Cache, 'governor'>;
  sealer: Sealer;
  wait: Wait;
  onWait?: (waited: Waited) => void;
  /** Rows of a list that could not be read. */
  onSetAside?: (list: XeroList, rows: number) => void;
  /** Tests pass their own; real chance when absent. */
  random?: Random;
};

const defaultTimeoutMs = 10_000;

/** Everything that is asked of Xero, and who may ask it when. */
export function buildXeroGateway(
  given: XeroGatewayDeps,
): XeroGateway & XeroReads & XeroChanges & { tokens: XeroTokens; governor: XeroGovernor } {
  const { config } = given;
  const shared = {
    ...given,
    random: given.random ?? Math.random,
    userAgent: readUserAgent(),
  };
  const timeoutMs = config.timeoutMs ?? defaultTimeoutMs;
  const tokens = buildTokens(shared);
  const governor = buildGovernor({ ...shared, dailyCalls: config.dailyCalls });
  const noteSetAside = buildNoteSetAside(given.log, given.onSetAside ?? (() => undefined));
  const connections = buildConnections({ ...shared, noteSetAside, apiUrl: config.apiUrl, timeoutMs });
  const send = buildSendQuestion({ ...shared, apiUrl: config.apiUrl, contexts: installAxiosInterceptor() });
  const asking = { ...shared, tokens, governor, timeoutMs, send };
  const checks = { ...shared, connections, tokens };
  const ask = buildAsk({ ...asking, toConnectionError: buildToConnectionError(checks, { isSure: false }) });
  const askToBeSure = buildAsk({ ...asking, toConnectionError: buildToConnectionError(checks, { isSure: true }) });
  const lists = { ask, noteSetAside, log: given.log, now: () => given.clock.now() };
  return {
    tokens,
    governor,
    getOrganisation: (caller) => getOrganisation(ask, caller, given.log),
    listOpenInvoices: (caller, contactIds) => listOpenInvoices(lists, caller, contactIds),
    listQuotes: (caller, contactId) => listQuotes(lists, caller, contactId),
    searchContacts: (caller, term) => searchContacts(lists, caller, term),
    findContactsByAccountNumber: (caller, accountNumber) => findContactsByAccountNumber(lists, caller, accountNumber),
    findContactsByNumber: (caller, contactNumber) => findContactsByNumber(lists, caller, contactNumber),
    getContact: (caller, contactId) => getContact(ask, caller, contactId),
    createContact: (caller, body, idempotencyKey) => createContact(ask, caller, body, idempotencyKey),
    ...buildDocumentQuestions(lists, given.clock),
    ...buildDocumentReads(lists),
    ...buildChangeReads(lists),
    listConnections: async (accessToken, how) => (await connections.list(accessToken, how)).connections,
    lookAtConnection: buildLook(checks, (caller) => getOrganisation(askToBeSure, caller, given.log)),
    deleteConnection: connections.remove,
  };
}

function buildDocumentQuestions(lists: ListDeps, clock: XeroGatewayDeps['clock']) {
  const { ask, now } = lists;
  return {
    listChoices: (caller) => listChoices(lists, caller),
    getContactDefaults: (caller, contactId) => getContactDefaults(ask, caller, contactId, now),
    createDocument: (caller, write) => createDocument(ask, caller, write),
    updateInvoice: (caller, write) => updateInvoice(ask, caller, write),
    changeQuoteStatus: (caller, change) => changeQuoteStatus({ ask, clock }, caller, change),
    getDocument: (caller, place) => getDocument(ask, caller, place),
    lookForInvoices: (caller, look) => lookForInvoices(lists, caller, look),
    listMadeInvoices: (caller, made) => listMadeInvoices(lists, caller, made),
    lookForQuotes: (caller, look) => lookForQuotes(lists, caller, look),
    findBillsByNumber: (caller, bill) => findBillsByNumber(lists, caller, bill),
    attachFile: (caller, place, attachment) => extras.attachFile(ask, caller, place, attachment),
    listAttachments: (caller, place) => extras.listAttachments(lists, caller, place),
    addHistory: (caller, place, note) => extras.addHistory(ask, caller, place, note),
    listHistory: (caller, place) => extras.listHistory(lists, caller, place),
    emailInvoice: (caller, id, idempotencyKey) => extras.emailInvoice(ask, caller, id, idempotencyKey),
    getPdf: (caller, place) => extras.getPdf(ask, caller, place),
    getOnlineInvoiceUrl: (caller, id) => extras.getOnlineInvoiceUrl(ask, caller, id),
  } satisfies Partial<XeroGateway>;
}

async function getOrganisation(ask: Ask, caller: XeroCaller, log: XeroLog) {
  const answer = await ask(caller, getOrganisations());
  return parseOrganisation(answer, caller.organisationId, log);
}

/** The network in front of Xero answers 403 with HTML to a call without a User-Agent (observed, not documented). */
function readUserAgent(): string {
  return `ledgerside/${packageJson.version}`;
}
