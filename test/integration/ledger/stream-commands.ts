import fc from 'fast-check';
import type { StreamWorld } from './stream-model.ts';

/** The model is Xero itself, which is asked at the end. The only state is a count of changes. */
export type Told = { count: number };
type Command = fc.AsyncCommand<Told, StreamWorld>;

function command(name: string, run: (world: StreamWorld) => Promise<unknown>): Command {
  return {
    check: () => true,
    toString: () => name,
    run: async (told, world) => {
      told.count += 1;
      await run(world);
    },
  };
}

/** Xero refuses what a document's status does not allow, and then nothing changes. */
function tolerated(act: Promise<unknown>) {
  return act.catch(() => undefined);
}
const due = { DueDate: '2099-01-01' };
const index = fc.nat({ max: 30 });
const person = fc.nat({ max: 3 });
const process = fc.nat({ max: 1 });
const cents = fc.integer({ min: 1, max: 100_000 }).map((amount) => amount / 100);

function pick(ids: readonly string[], at: number): string | undefined {
  return ids[at % Math.max(1, ids.length)];
}

function changeInvoice(at: number, change: Record<string, unknown>) {
  return async (world: StreamWorld) => {
    const InvoiceID = pick(world.invoices, at);
    if (InvoiceID) await tolerated(world.control.updateInvoice({ tenantId: world.tenantId, InvoiceID, ...change }));
  };
}
function contactOf(world: StreamWorld, at: number) {
  return { ContactID: world.people[at]?.contactId ?? '' };
}

const addInvoice = fc
  .record({
    at: person,
    Total: cents,
    Type: fc.constantFrom('ACCREC', 'ACCPAY'),
    Status: fc.constantFrom('DRAFT', 'AUTHORISED'),
  })
  .map(({ at, ...draft }) =>
    command(`add ${draft.Type} ${draft.Status} ${draft.Total} to ${at}`, async (world) => {
      const given = { ...draft, ...due, tenantId: world.tenantId, Contact: contactOf(world, at) };
      world.invoices.push(
        (await world.control.addInvoice(given as Parameters<typeof world.control.addInvoice>[0])).InvoiceID,
      );
    }),
  );

const changes = [
  fc.tuple(index, cents).map(([at, pay]) => command(`pay ${pay} on ${at}`, payWithin(at, pay))),
  fc
    .tuple(index, fc.constantFrom('VOIDED', 'DELETED', 'AUTHORISED', 'SUBMITTED'))
    .map(([at, Status]) => command(`${Status} ${at}`, setStatus(at, Status))),
  fc
    .tuple(index, person)
    .map(([at, to]) =>
      command(`move ${at} to ${to}`, (world) => changeInvoice(at, { Contact: contactOf(world, to) })(world)),
    ),
];

/** Pays as Xero's screens would allow. */
function payWithin(at: number, amount: number) {
  return async (world: StreamWorld) => {
    const invoice = await find(world, at);
    if (invoice?.Status !== 'AUTHORISED' || invoice.AmountDue <= 0) return;
    await changeInvoice(at, { pay: Math.min(amount, invoice.AmountDue) })(world);
  };
}

function setStatus(at: number, Status: string) {
  return async (world: StreamWorld) => {
    const invoice = await find(world, at);
    const isDraft = invoice?.Status === 'DRAFT' || invoice?.Status === 'SUBMITTED';
    const mayBeVoided = invoice?.Status === 'AUTHORISED' && invoice.Payments.length === 0;
    if (Status === 'VOIDED' ? mayBeVoided : isDraft) await changeInvoice(at, { Status })(world);
  };
}

async function find(world: StreamWorld, at: number) {
  const id = pick(world.invoices, at);
  const { invoices, bills } = await world.control.documents({ tenantId: world.tenantId });
  return [...invoices, ...bills].find(({ InvoiceID }) => InvoiceID === id);
}

const quoteActs = [
  fc.tuple(person, cents).map(([at, Total]) =>
    command(`quote ${Total} to ${at}`, async (world) => {
      const draft = { tenantId: world.tenantId, Contact: contactOf(world, at), Total, Status: 'SENT' as const };
      world.quotes.push((await world.control.addQuote(draft)).QuoteID);
    }),
  ),
  fc.tuple(index, fc.constantFrom('SENT', 'ACCEPTED', 'DECLINED', 'INVOICED', 'DELETED')).map(([at, Status]) =>
    command(`quote ${at} ${Status}`, async (world) => {
      const QuoteID = pick(world.quotes, at);
      const change = { tenantId: world.tenantId, QuoteID: QuoteID ?? '', Status: Status as 'SENT' };
      if (QuoteID) await tolerated(world.control.updateQuote(change));
    }),
  ),
];

const views = fc
  .tuple(person, process, fc.boolean())
  .map(([at, by, isFresh]) =>
    command(`${isFresh ? 'refresh' : 'view'} ${at} by ${by}`, (world) => world.view(at, by, isFresh)),
  );
const twoViews = fc
  .tuple(person, person)
  .map(([a, b]) =>
    command(`view ${a} and ${b} at once`, (world) => Promise.all([world.view(a, 0), world.view(b, 1, true)])),
  );
const wakes = process.map((by) => command(`webhook to ${by}`, (world) => world.wake(by)));
const steps = fc
  .constantFrom(1, 3, 20, 61, 61, 95, 200, 700, 4000)
  .map((seconds) => command(`${seconds} s pass`, (world) => world.advanceSeconds(seconds)));
const faults = fc
  .record({
    kind: fc.constantFrom('drop', 'html', 'truncate', 'lose-answer', 'status'),
    path: fc.constantFrom('/Invoices', '/Quotes', '/Contacts', '/CreditNotes'),
    times: fc.integer({ min: 1, max: 4 }),
  })
  .map((fault) =>
    command(`${fault.times} times ${fault.kind} on ${fault.path}`, (world) =>
      world.control.fault({ ...fault, status: 500 } as Parameters<typeof world.control.fault>[0]),
    ),
  );
const losses = fc
  .constantFrom('everything', 'state', 'covered', 'entries', 'stamps', 'documents', 'ids')
  .map((what) => command(`Redis loses ${what}`, (world) => world.lose(what)));
const restarts = fc.constant(command('the second process starts anew', (world) => world.restart()));

/** Mostly changes and views, sometimes a failure. */
export function streamCommands(mostCommands: number) {
  return fc.commands(
    [
      addInvoice,
      addInvoice,
      ...changes,
      ...changes,
      ...quoteActs,
      views,
      views,
      views,
      twoViews,
      wakes,
      steps,
      steps,
      faults,
      losses,
      restarts,
    ],
    { maxCommands: mostCommands, size: 'max' },
  );
}
