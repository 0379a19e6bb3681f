import { listDocumentsRoute } from '#shared/contract/documents.ts';
import { getViewRoute } from '#shared/contract/session/view.ts';
import { adminId } from '#test/support/people/admin.ts';
import type { VisitRequest } from '#test/support/people/visit.ts';
import { startWorld, type World } from '#test/support/world/world.ts';
import { type Figure, toKilobytes } from './figure.ts';
import { medianOf, timeEach } from './time-each.ts';

const harbourLights = { record: { type: 'contact', id: '1001' }, name: 'Harbour Lights Pty Ltd' } as const;
const fiveThousand = { record: { type: 'contact', id: '1011' }, name: 'Five Thousand Pty Ltd' } as const;

/** What a contact's view costs at Xero: calls, and bytes of answers, which Xero bills. */
export async function measureXeroCalls(world: World): Promise<Figure[]> {
  await world.admin.link(harbourLights.record, harbourLights.name);
  return [
    await measure(world, 'cold contact view', '2 calls up to 100 quotes and 1,000 documents', openCold(world, '1001')),
    await measure(world, 'warm contact view', '0 calls', () => readView(world, '1001')),
  ];
}

/** The same for a contact with 5,000 invoices in its own organisation, and a page of them in View Details. */
export async function measureLargeContact(): Promise<Figure[]> {
  const world = await startWorld();
  try {
    const { organisations } = await world.xero.control.seedInfo();
    const bulk = organisations.find(({ name }) => name === 'Bulk Trading Co');
    if (!bulk) throw new Error('the sandbox has no organisation Bulk Trading Co');
    await world.admin.connect({ organisations: [bulk.tenantId] });
    await world.admin.link(fiveThousand.record, fiveThousand.name);
    const cold = await measure(
      world,
      'cold view, 5,000 invoices',
      '6 calls: 5 pages and the quotes',
      openCold(world, '1011'),
    );
    return [cold, await measureList(world, '1011')];
  } finally {
    await world.stop();
  }
}

/** Each page is searched, sorted and cut from all 5,000 documents. */
async function measureList(world: World, recordId: string): Promise<Figure> {
  const visit = await world.visit({ userId: adminId, recordType: 'contact', recordId });
  const times = await timeEach(20, async (index) => {
    const query = { kind: 'invoice', page: String(index + 1), search: 'INV', sort: index % 2 ? 'amount' : 'overdue' };
    const { total } = await visit.call(listDocumentsRoute, { query });
    if (total !== 5000) throw new Error(`${total} invoices are listed`);
  });
  const measured = `${medianOf(times).toFixed(0)} ms, slowest ${Math.max(...times).toFixed(0)} ms`;
  return { name: 'a page of 5,000 in View Details', measured, reference: 'felt as at once below 100 ms' };
}

/** A new process with an empty cache, because the memory cache ends with its process. */
function openCold(world: World, recordId: string) {
  return async () => {
    await world.restartProduct();
    await world.xero.control.clearRequests();
    await readView(world, recordId);
  };
}

async function readView(world: World, recordId: string): Promise<void> {
  const request: VisitRequest = { userId: adminId, recordType: 'contact', recordId };
  const view = await (await world.visit(request)).call(getViewRoute);
  if (view.status !== 'linked' || !view.summary) throw new Error(`no figures: ${JSON.stringify(view).slice(0, 300)}`);
}

/** Loaded in the background once per organisation, so they have a line of their own. */
function isCredits(path: string): boolean {
  return /\/(CreditNotes|Prepayments|Overpayments)$/.test(path);
}

async function measure(world: World, name: string, reference: string, deed: () => Promise<void>): Promise<Figure> {
  await world.xero.control.clearRequests();
  await deed();
  const calls = (await world.xero.control.requests()).filter(
    ({ path }) => path.startsWith('/api.xro/') && !isCredits(path),
  );
  const bytes = calls.reduce((sum, { responseBytes }) => sum + responseBytes, 0);
  const what = [...new Set(calls.map(({ path }) => path.split('/')[3]))].join(', ');
  return {
    name,
    measured: `${calls.length} calls, ${toKilobytes(bytes)}`,
    reference: `${reference}${what && ` (${what})`}`,
  };
}
