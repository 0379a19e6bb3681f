import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BillDesk, openBillDesk } from '#test/support/people/bill-desk.ts';
import { fuel } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: BillDesk;
beforeAll(async () => {
  desk = await openBillDesk(await startApp());
  await desk.app.control.limits({ minute: 1_000_000, day: 10_000_000, appMinute: 10_000_000 });
  await desk.send('suppliers/s', 1, { name: 'Quay Timber' });
});
afterAll(() => desk.app.stop());

const deeds = ['send', 'edit', 'order', 'foreign', 'lose', 'blind', 'late', 'read', 'wait'] as const;
type Deed = (typeof deeds)[number];

/** What one story made: the CRM's own records, and the bills that the accountant entered. */
type Story = { name: string; own: string[]; foreign: string[] };

let stories = 0;

async function play(story: Story, deed: Deed): Promise<void> {
  const { control } = desk.app;
  const put = (id: string, version: number, amount: string) =>
    desk.put(`expenses/${id}`, version, { ...fuel, date: '2030-02-02', amount, reference: id });
  switch (deed) {
    case 'send': {
      const id = `${story.name}-${story.own.length}`;
      story.own.push(`expenses/${id}`);
      await put(id, 1, '10.00');
      break;
    }
    case 'edit': {
      const last = story.own.findLast((path) => path.startsWith('expenses/'))?.slice('expenses/'.length);
      if (last) await put(last, desk.app.clock.now().getTime(), '12.00');
      break;
    }
    case 'order': {
      const number = `${story.name}-${story.own.length}`;
      story.own.push(`purchase-orders/${number}`);
      await desk.put(`purchase-orders/${number}`, 1, toOrder(number));
      break;
    }
    case 'foreign':
      story.foreign.push(await desk.enter());
      break;
    case 'lose':
      await control.fault({ kind: 'lose-answer', method: 'PUT', path: 'Invoices', times: 1 });
      break;
    case 'blind':
      await control.fault({ kind: 'status', status: 503, method: 'GET', path: 'Invoices', times: 2 });
      break;
    case 'late':
      await control.fault({ kind: 'late-status', status: 500, method: 'PUT', path: 'Invoices', times: 1 });
      break;
    case 'read':
      await desk.run('/api/sync/bring', {});
      break;
    case 'wait':
      await desk.app.advanceSeconds(90);
  }
}

function toOrder(number: string) {
  const line = { description: 'Beams', quantity: '1', unitAmount: '10.00', category: 'Fuel' };
  return {
    ...{ number, supplier: { crmId: 's' }, date: '2030-02-01', currency: 'AUD', lineAmountTypes: 'exclusive' },
    ...{ lines: [line], total: '11.00', status: 'finished' },
    bill: { number: `B-${number}`, date: '2030-02-02', dueDate: '2030-03-01' },
  };
}

async function isSettled(path: string): Promise<boolean> {
  const { state, also } = await desk.read(path);
  return state !== 'waiting' && also.every((one) => one.state === 'done');
}

/** Whatever answers are lost: each bill of Xero comes once, and none that sync made. */
test('our own bill never comes back as an expense, also while nobody knows its answer', async () => {
  const property = fc.asyncProperty(
    fc.array(fc.constantFrom(...deeds), { minLength: 6, maxLength: 12 }),
    async (story) => {
      stories += 1;
      const told: Story = { name: `s${stories}`, own: [], foreign: [] };
      const before = new Set(await desk.come());
      for (const deed of ['lose', 'send', 'read', ...story] as const) await play(told, deed);
      await desk.app.control.clearFaults();
      for (const path of told.own) await desk.until(() => isSettled(path), `${path} to be in Xero`);
      await desk.run('/api/sync/bring', {});
      const come = (await desk.come()).filter((id) => !before.has(id));
      expect(come.toSorted()).toEqual(told.foreign.toSorted());
      const { bills } = await desk.documents();
      for (const path of told.own) {
        const name = path.replace('expenses/', '').replace('purchase-orders/', 'B-');
        const made = bills.filter(({ InvoiceNumber, Status }) => InvoiceNumber === name && Status !== 'DELETED');
        expect(made).toHaveLength(1);
      }
    },
  );
  await fc.assert(property, { numRuns: 8 });
}, 240_000);
