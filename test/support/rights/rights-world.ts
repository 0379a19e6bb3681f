import { keysContext } from '#server/identity/workspaces.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import { newWrite } from '#test/integration/store/suites/rows.ts';
import { type Admin, buildAdmin } from '../people/admin.ts';
import { buildCrmBackend } from '../people/crm-backend.ts';
import { newDocument, sendDocument } from '../people/documents.ts';
import { openRecord, openSync } from '../people/sync-visits.ts';
import { openVisit, type Visit, type VisitRequest } from '../people/visit.ts';
import { crmOrigin, startApp, type TestApp } from '../world/app.ts';
import { type Ids, newKey, type RecordType } from './rights-table.ts';

/** Texts that appear only in documents of this kind, saved or unfinished. */
export type Marks = Record<DocumentKind, string[]>;

export type RightsWorld = {
  app: TestApp;
  own: Ids;
  marks: Marks;
  /**
   * Things of a record that no session names, in the same organisation, and of another workspace with another
   * organisation.
   */
  foreign: { 'another record': Ids; 'another workspace': Ids };
  /** Texts that must not appear in any answer. */
  foreignMarks: string[];
  open(userId: string, recordType: RecordType): Promise<Visit>;
  stop(): Promise<void>;
};

const kinds = ['quote', 'invoice', 'bill'] as const;

/** Two workspaces with two organisations. Their records have documents of every kind, finished and unfinished. */
export async function startRightsWorld(): Promise<RightsWorld> {
  const app = await startApp({ env: { XERO_DAILY_CALLS: '10000000' } });
  const most = 10_000_000;
  await app.control.limits({ minute: most, day: most, appMinute: most });
  await app.admin.connect();
  const { organisations } = await app.control.seedInfo();
  const [home, away] = organisations;
  if (!home || !away) throw new Error('the sandbox has too few organisations');
  const link = (record: Ids['linked'], name: string) => app.admin.link(record, name);
  const { contactId } = await link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
  const stranger = await pickOther(home.contacts, contactId);
  const strange = await link({ type: 'contact', id: '1004' }, stranger);
  const elsewhere = await addWorkspace(app, away.tenantId);
  const [farName = ''] = Object.keys(away.contacts);
  const far = await elsewhere.admin.link({ type: 'contact', id: '1005' }, farName);

  const own = await fill(app, {
    tenantId: home.tenantId,
    workspaceId: app.workspace.id,
    contactId,
    mark: 'SEEN',
    recordId: '1001',
  });
  const nextDoor = await fill(app, {
    tenantId: home.tenantId,
    workspaceId: app.workspace.id,
    contactId: strange.contactId,
    mark: 'STRANGE',
    recordId: '1004',
  });
  const beyond = await fill(app, {
    tenantId: away.tenantId,
    workspaceId: elsewhere.id,
    contactId: far.contactId,
    mark: 'AWAY',
    recordId: '1005',
  });
  const crm = buildCrmBackend(app);
  for (const id of ['exp-1', 'exp-2']) {
    await crm.send('PUT', `/api/records/expenses/${id}`, { version: 1, data: { description: 'Fuel' } });
  }
  const open = (userId: string, recordType: RecordType) => {
    if (recordType === 'expense') return openRecord(app, userId, 'expense', 'exp-1');
    if (recordType === 'sync') return openSync(app, userId);
    const recordId = { contact: '1001', company: '501', deal: '9001', settings: '' }[recordType];
    return app.visit({ userId, recordType, recordId });
  };
  await chooseAll(await open('olivia', 'deal'), own.ids, contactId);
  return {
    ...{ app, open },
    own: own.ids,
    marks: own.marks,
    foreign: { 'another record': nextDoor.ids, 'another workspace': beyond.ids },
    foreignMarks: ['STRANGE', 'AWAY'],
    stop: () => app.stop(),
  };
}

async function pickOther(contacts: Record<string, string>, contactId: string): Promise<string> {
  const [name] =
    Object.entries(contacts).find(([one, id]) => id !== contactId && one === 'Nordlys Interiør AS') ??
    Object.entries(contacts).find(([, id]) => id !== contactId) ??
    [];
  return name ?? '';
}

/** Chooses all of them for the CRM's deal, one line of which is invoiced. */
async function chooseAll(deal: Visit, { documents }: Ids, contactId: string): Promise<void> {
  const add = kinds.map((kind) => ({ kind, id: documents[kind] }));
  const chosen = await deal.send('PUT', '/api/deal/documents', { add });
  const body = newDocument(contactId, { number: 'SEEN-INVOICE-LINE', fromDealLines: [0] });
  const made = await sendDocument(deal, { path: '/api/invoices', key: newKey()['idempotency-key'], body });
  if (chosen.status !== 200 || made.status !== 201) throw new Error(JSON.stringify([chosen.body, made]));
}

async function addWorkspace(app: TestApp, tenantId: string): Promise<{ id: string; admin: Admin }> {
  const workspace = { id: 'elsewhere', secret: 'e'.repeat(40) };
  const keys = JSON.stringify([{ alg: 'HS256', secret: workspace.secret }]);
  const sealedKeys = app.deps.sealer.seal(keys, keysContext(workspace.id));
  await app.deps.store.workspaces.put({ id: workspace.id, name: 'Elsewhere', origins: [crmOrigin], sealedKeys });
  const visit = (request: VisitRequest) =>
    openVisit({ productUrl: app.origin, crmOrigin, workspace, now: () => app.clock.now() }, request);
  const admin = buildAdmin({ visit, productUrl: app.origin, control: app.control });
  await admin.connect({ organisations: [tenantId] });
  return { id: workspace.id, admin };
}

type Place = { tenantId: string; workspaceId: string; contactId: string; mark: string; recordId: string };

/** Creates one document of each kind in Xero, one refused write of each kind and one undecided write. */
async function fill(app: TestApp, place: Place): Promise<{ ids: Ids; marks: Marks }> {
  const { tenantId, contactId, mark, recordId } = place;
  const common = { tenantId, Contact: { ContactID: contactId }, Total: 77.31 };
  const { QuoteID: quote } = await app.control.addQuote({ ...common, Status: 'SENT', QuoteNumber: `${mark}-QUOTE` });
  const owed = { ...common, Status: 'AUTHORISED' as const, DueDate: '2026-01-31' };
  const invoice = await app.control.addInvoice({ ...owed, Type: 'ACCREC', InvoiceNumber: `${mark}-INVOICE` });
  const bill = await app.control.addInvoice({ ...owed, Type: 'ACCPAY', InvoiceNumber: `${mark}-BILL` });
  await app.control.addCreditNote({ ...common, Type: 'ACCPAYCREDIT', Status: 'AUTHORISED' });
  const writes = { quote: '', invoice: '', bill: '' };
  for (const kind of kinds) writes[kind] = await addWrites(app, place, kind);
  const ids: Ids = {
    contactId,
    writes,
    documents: { quote, invoice: invoice.InvoiceID, bill: bill.InvoiceID },
    linked: { type: 'contact', id: recordId },
    unlinked: recordId === '1001' ? { type: 'company', id: '501' } : { type: 'contact', id: recordId },
  };
  const marksOf = (kind: DocumentKind) => [`${mark}-${kind.toUpperCase()}`, ids.documents[kind]];
  return { ids, marks: { quote: marksOf('quote'), invoice: marksOf('invoice'), bill: marksOf('bill') } };
}

async function addWrites(app: TestApp, place: Place, kind: DocumentKind): Promise<string> {
  const { tenantId: organisationId, workspaceId, contactId, mark, recordId } = place;
  const number = `${mark}-${kind.toUpperCase()}-OPEN`;
  const details = JSON.stringify({
    ...{ clientKey: 'form-of-somebody', contactId, currency: 'AUD', number, previewTotal: '77.31', fromDealLines: [] },
    ...{ since: new Date(0).toISOString(), note: 'note', isToBeEmailed: false, quote: null },
  });
  const row = {
    workspaceId,
    organisationId,
    kind,
    details,
    record: { type: 'contact' as const, id: recordId },
    userId: 'olivia',
  };
  await app.deps.store.writes.begin(newWrite({ ...row, state: 'undecided', result: '[]' }));
  const refused = newWrite({ ...row, state: 'refused', result: '{"code":"discarded"}' });
  await app.deps.store.writes.begin(refused);
  return refused.id;
}
