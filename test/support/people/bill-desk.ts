import type { Change, ChangeList } from '#shared/contract/sync/changes.ts';
import type { BackRule, Rules } from '#shared/contract/sync/rules.ts';
import type { TestApp } from '../world/app.ts';
import { openSyncDesk, type SyncDesk } from './sync-desk.ts';

/** A workspace to which bills come, and an accountant who enters them in Xero. */
export type BillDesk = SyncDesk & {
  /** Enters a bill of BP over 110.00 and returns its id. */
  enter(change?: object): Promise<string>;
  edit(id: string, change: object): Promise<void>;
  /** Waits for the next round of the readers. */
  round(): Promise<void>;
  /** Everything that the feed says of bills, the oldest first. */
  feed(): Promise<Change[]>;
  /** Ids of the bills that the feed called new, in its order. */
  come(): Promise<string[]>;
  /** Calls for the list of invoices since the last look. */
  reads(): Promise<number>;
  accept(changeId: string, crmId: string): Promise<{ status: number; body: Record<string, unknown> }>;
};

const halfHour = 30 * 60;

/** Bills from the beginning of 2030 on, because the demo company has bills of its own. */
export async function openBillDesk(
  app: TestApp,
  back: Partial<BackRule> = {},
  rules: Partial<Rules> = {},
): Promise<BillDesk> {
  const desk = await openSyncDesk(app, { since: '2030-01-01', ...rules });
  await desk.crm.send('PUT', '/api/sync/rules', { kinds: [{ kind: 'bills', back: { on: true, ...back } }] });
  const tenantId = desk.where.organisationId;
  const { ContactID } = await app.control.addContact({ tenantId, Name: 'BP Kwinana' });
  const readerAt = async () => (await app.deps.store.readers.list(desk.where))[0]?.readAt ?? '';
  const feed = async () => {
    const changes: Change[] = [];
    let [cursor, hasMore] = ['', true];
    while (hasMore) {
      const { body } = await desk.crm.send<ChangeList>('GET', `/api/changes?limit=500${cursor && `&cursor=${cursor}`}`);
      changes.push(...body.changes.filter(({ kind }) => kind === 'bills'));
      ({ cursor, hasMore } = body);
    }
    return changes;
  };
  await desk.until(async () => (await readerAt()) !== '' || back.on === false || back.when === 'by_hand', 'a reading');
  return {
    ...desk,
    feed,
    enter: async (change = {}) => {
      const LineItems = [{ Description: 'Fuel', Quantity: 1, UnitAmount: 100, AccountCode: '429', TaxType: 'INPUT' }];
      const bill = { Date: '2030-02-01', DueDate: '2030-03-01', Status: 'AUTHORISED' as const, LineItems };
      const draft = { tenantId, Type: 'ACCPAY' as const, Contact: { ContactID }, ...bill, ...change };
      return (await app.control.addInvoice(draft)).InvoiceID;
    },
    edit: async (InvoiceID, change) => {
      await app.control.updateInvoice({ tenantId, InvoiceID, ...change });
    },
    round: async () => {
      const before = await readerAt();
      await app.advanceSeconds(halfHour);
      await desk.until(async () => (await readerAt()) > before, 'the next round');
    },
    come: async () => (await feed()).flatMap(({ type, xeroId }) => (type === 'new' && xeroId ? [xeroId] : [])),
    reads: async () => {
      const calls = await app.control.requests();
      await app.control.clearRequests();
      return calls.filter(({ method, path }) => method === 'GET' && path.endsWith('/Invoices')).length;
    },
    accept: (changeId, crmId) => desk.crm.send('POST', `/api/changes/${changeId}/accepted`, { crmId }),
  };
}
