import { getViewRoute } from '#shared/contract/session/view.ts';
import { adminId } from '#test/support/people/admin.ts';
import { addLinkedPeople, type Person } from '#test/support/people/people.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';
import { type Figure, toKilobytes } from './figure.ts';
import { medianOf, timeEach } from './time-each.ts';

/** Company and deal views by number of people: cold and warm, calls to Xero, bytes of answers, time. */
export async function measurePeopleViews(): Promise<Figure[]> {
  const app = await startApp();
  try {
    await app.admin.connect();
    const figures: Figure[] = [];
    for (const count of [1, 20, 200]) figures.push(...(await measureBoth(app, count)));
    return figures;
  } finally {
    await app.stop();
  }
}

async function measureBoth(app: TestApp, count: number): Promise<Figure[]> {
  const people = await addLinkedPeople(
    { store: app.deps.store, control: app.control, workspaceId: app.workspace.id },
    count,
  );
  await chooseInvoices(app, people);
  return [
    // Deals first, because a company's load would leave their documents in the cache.
    await measure(app, people, {
      recordType: 'deal',
      reference: ', one per 40 that were chosen',
      calls: /Invoices|Quotes/,
    }),
    await measure(app, people, {
      recordType: 'company',
      reference: ', one per 40 contacts, and 1 to 4 for open quotes',
      calls: /Invoices|Quotes/,
    }),
    ...(count === 1 ? [await measureCredits(app, people)] : []),
  ];
}

/** Chooses an invoice of each person. */
async function chooseInvoices({ deps, workspace }: TestApp, people: readonly Person[]): Promise<void> {
  const organisationId = (await deps.store.connections.find(workspace.id))?.organisationId ?? '';
  const deal = { workspaceId: workspace.id, organisationId, dealId: '9001' };
  const chosen = { kind: 'invoice' as const, chosenBy: adminId, chosenAt: deps.clock.now().toISOString() };
  const add = people.map(({ invoiceId }) => ({ ...deal, ...chosen, documentId: invoiceId }));
  const remove = await deps.store.dealDocuments.list(deal.workspaceId, organisationId, deal.dealId);
  await deps.store.dealDocuments.change(deal, { add, remove });
}

type Subject = { recordType: 'company' | 'deal'; reference: string; calls: RegExp };

async function measure(
  app: TestApp,
  people: readonly Person[],
  { recordType, reference, calls }: Subject,
): Promise<Figure> {
  await app.advanceSeconds(61);
  await app.control.clearRequests();
  const contacts = people.map(({ id, name }) => ({ id, name }));
  const request = {
    userId: adminId,
    recordType,
    recordId: recordType === 'deal' ? '9001' : '501',
    claims: { contacts },
  };
  const startedAt = performance.now();
  const visit = await app.visit(request);
  const coldMs = performance.now() - startedAt;
  const cold = await countCalls(app, calls);
  await app.control.clearRequests();
  const warmMs = medianOf(await timeEach(20, () => visit.call(getViewRoute)));
  const warm = await countCalls(app, calls);
  return {
    name: `${recordType} view, ${people.length} ${people.length === 1 ? 'person' : 'people'}`,
    measured: `cold ${cold} ${coldMs.toFixed(0)} ms; warm ${warm} ${warmMs.toFixed(1)} ms`,
    reference: `cold ${Math.ceil(people.length / 40)} for Invoices${reference}; warm none`,
  };
}

async function measureCredits(app: TestApp, people: readonly Person[]): Promise<Figure> {
  await app.advanceSeconds(31 * 60);
  await app.control.clearRequests();
  const contacts = people.map(({ id, name }) => ({ id, name }));
  await app.visit({ userId: adminId, recordType: 'company', recordId: '501', claims: { contacts } });
  const measured = await countCalls(app, /CreditNotes|Prepayments|Overpayments/);
  return { name: 'credits of an organisation', measured, reference: '3 calls in half an hour, behind the answer' };
}

async function countCalls({ control }: TestApp, which: RegExp): Promise<string> {
  const calls = (await control.requests()).filter(({ path }) => path.startsWith('/api.xro/') && which.test(path));
  const bytes = calls.reduce((sum, { responseBytes }) => sum + responseBytes, 0);
  return `${calls.length} ${calls.length === 1 ? 'call' : 'calls'}, ${toKilobytes(bytes)},`;
}
