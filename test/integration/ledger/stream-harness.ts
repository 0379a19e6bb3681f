import type { SessionView } from '#shared/contract/session/view.ts';
import type { LinkedView } from '#shared/contract/view.ts';
import type { InvoiceDraft } from '#test/sandbox/xero/records/document-draft.ts';
import type { Invoice, Quote } from '#test/sandbox/xero/records/types.ts';
import { presets } from '#test/support/people/admin.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { type AppOptions, crmOrigin, startApp, type TestApp } from '#test/support/world/app.ts';

/** Enough that half of them allow one question a minute at any time of the day. */
const dailyCalls = 20_000;

export type StreamTest = {
  app: TestApp;
  tenantId: string;
  /** Adds records from 2001 on, each linked to its own Xero contact without documents. */
  addPeople(count: number): Promise<Person[]>;
  open(person: Pick<Person, 'recordId'>): Promise<Visit>;
  /** The person's view, requested like a widget. */
  view(person: Pick<Person, 'recordId'>): Promise<LinkedView>;
  addInvoice(contactId: string, draft?: Partial<InvoiceDraft>): Promise<Invoice>;
  addQuote(contactId: string, Total?: number): Promise<Quote>;
  /** Adds this many invoices of one dollar each, fifty a second, like an import. */
  importInvoices(contactId: string, count: number): Promise<void>;
  /** API calls since the last time, such as `GET /Invoices`. Waits for background work. */
  takeCalls(): Promise<string[]>;
};
export type Person = { recordId: string; contactId: string; name: string };

const due = { Status: 'AUTHORISED' as const, DueDate: '2099-01-01' };
let people = 2000;

/** Pages of a thousand rows may take a busy machine longer than the usual second. */
const patient = { XERO_DAILY_CALLS: String(dailyCalls), XERO_TIMEOUT_SECONDS: '10' };

/** The connected app, with enough calls for the shortest interval, and ways to change things in Xero. */
export async function startStreamTest(options: AppOptions = {}): Promise<StreamTest> {
  const app = await startApp({ ...options, env: { ...patient, ...options.env } });
  if (!options.beside) {
    await app.control.limits({ day: dailyCalls });
    await app.admin.connect();
    await app.admin.grant({ priya: presets.full });
  }
  const { control, deps, workspace } = app;
  const tenantId = (await deps.store.connections.find(workspace.id))?.organisationId ?? '';
  const open: StreamTest['open'] = ({ recordId: id }) => {
    // Takes the place of the CRM's own contact.
    const record = { type: 'contact', id, name: id, url: `${crmOrigin}/contacts/${id}` };
    return app.visit({ userId: 'priya', recordType: 'contact', recordId: '1001', claims: { record } });
  };
  return {
    app,
    tenantId,
    open,
    addPeople: async (count) => {
      const added: Person[] = [];
      for (let index = 0; index < count; index += 1) added.push(await addPerson(app, tenantId));
      return added;
    },
    view: async (person) => toLinked((await open(person)).opened.view),
    addInvoice: (contactId, draft = {}) => {
      const invoice = { ...due, tenantId, Contact: { ContactID: contactId }, Type: 'ACCREC' as const, Total: 100 };
      return control.addInvoice({ ...invoice, ...draft });
    },
    addQuote: (contactId, Total = 100) =>
      control.addQuote({ tenantId, Contact: { ContactID: contactId }, Total, Status: 'SENT' }),
    importInvoices: async (contactId, count) => {
      const draft = { ...due, tenantId, Contact: { ContactID: contactId }, Type: 'ACCREC' as const, Total: 1 };
      for (let done = 0; done < count; done += 50) {
        await Promise.all(Array.from({ length: 50 }, () => control.addInvoice(draft)));
        // Spreads the invoices over several seconds, because rows that share a second with a page's end are read twice.
        app.clock.advanceSeconds(1);
        await control.clock({ advanceSeconds: 1 });
      }
    },
    takeCalls: async () => {
      const calls = await control.requests();
      await control.clearRequests();
      return calls
        .filter(({ path }) => path.startsWith('/api.xro'))
        .map(({ method, path }) => `${method} ${path.replace('/api.xro/2.0', '')}`);
    },
  };
}

/**
 * The usual start: an hour later and without faults, with two more contacts that are loaded and viewed. The first or
 * both have an invoice, and nothing is due.
 */
export async function arrangePair(stream: StreamTest, { invoices }: { invoices: 1 | 2 }): Promise<[Person, Person]> {
  await stream.app.control.clearFaults();
  await stream.app.advanceSeconds(3600);
  const [one, other] = await stream.addPeople(2);
  if (!one || !other) throw new Error('nobody was added');
  await stream.addInvoice(one.contactId);
  if (invoices === 2) await stream.addInvoice(other.contactId);
  for (const person of [one, other]) await stream.view(person);
  await stream.app.deps.ledger.untilIdle();
  await stream.takeCalls();
  return [one, other];
}

/** Lets a minute pass while somebody is viewing. */
export async function passMinute(stream: StreamTest, viewer: Person): Promise<void> {
  await stream.view(viewer);
  await stream.app.advanceSeconds(61);
}

async function addPerson({ control, deps, workspace }: TestApp, tenantId: string): Promise<Person> {
  people += 1;
  const person = { recordId: String(people), name: `Person ${people}` };
  const { ContactID: contactId } = await control.addContact({ tenantId, Name: person.name });
  await deps.store.links.put({
    ...{ workspaceId: workspace.id, organisationId: tenantId, contactId, contactName: person.name },
    ...{ record: { type: 'contact', id: person.recordId }, isArchived: false },
    ...{ linkedBy: 'test', linkedAt: new Date(0).toISOString() },
  });
  return { ...person, contactId };
}

export function toLinked(view: SessionView | null): LinkedView {
  if (view?.status !== 'linked') throw new Error(`not linked: ${JSON.stringify(view)}`);
  return view;
}

/** The outstanding invoices, as `count amount`. */
export function owed({ summary }: LinkedView): string {
  const { count, totals } = summary?.outstandingInvoices ?? { count: null, totals: [] };
  return [count, ...totals.map(({ amount }) => amount)].join(' ');
}
