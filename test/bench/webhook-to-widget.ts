import { getViewRoute } from '#shared/contract/session/view.ts';
import { launchChromium, openTestPage } from '#test/support/page/browser.ts';
import { figures } from '#test/support/page/screen.ts';
import { webhookKey } from '#test/support/programs/product.ts';
import { startWorld, type World } from '#test/support/world/world.ts';
import type { Figure } from './figure.ts';
import { medianOf, timeEach } from './time-each.ts';

const rounds = 7;

/**
 * Measures the time from a change in Xero to the changed figure in an open widget, and the calls to Xero. Between two
 * changes, the clocks are moved past the two seconds that the stream waits between two rounds, or not.
 */
export async function measureWebhookToWidget(): Promise<Figure[]> {
  const world = await startWorld({ hasMovingClock: true, env: { LOG_LEVEL: 'warn' } });
  try {
    await world.admin.connect();
    await world.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
    return [
      await measure(world, 'webhook → figure in the widget', () => world.advanceSeconds(61)),
      await measure(world, 'the same, one change after the other', async () => undefined),
    ];
  } finally {
    await world.stop();
  }
}

async function measure(world: World, name: string, rest: () => Promise<void>): Promise<Figure> {
  const { control } = world.xero;
  const { reason } = await control.webhooks({ url: `${world.product().origin}/webhooks/xero`, key: webhookKey });
  if (reason !== null) throw new Error(`the product takes no webhooks: ${reason}`);
  const visit = await world.visit({ userId: 'olivia', recordType: 'contact', recordId: '1001' });
  const view = await visit.call(getViewRoute);
  if (view.status !== 'linked') throw new Error('Nora is linked');
  const Contact = { ContactID: view.contact.id };
  const invoice = { tenantId: visit.opened.organisation?.id ?? '', Contact, Total: 1, Status: 'AUTHORISED' as const };
  const { count, close } = await openWidget(world);
  const times: number[] = [];
  await control.clearRequests();
  for (let round = 0; round < rounds; round += 1) {
    await rest();
    const before = await count.innerText();
    const took = await timeEach(1, async () => {
      await control.addInvoice(invoice);
      await count.filter({ hasNotText: new RegExp(`^${before}$`) }).waitFor();
    });
    times.push(...took);
  }
  const calls = (await control.requests()).filter(({ path, query }) => /Invoices$/.test(path) && 'order' in query);
  await close();
  const roundTripMs = medianOf(await timeEach(20, () => visit.call(getViewRoute)));
  return {
    name,
    measured: `${medianOf(times).toFixed(0)} ms, slowest ${Math.max(...times).toFixed(0)} ms; ${(calls.length / rounds).toFixed(1)} calls`,
    reference: `${roundTripMs.toFixed(1)} ms one GET /api/view; 1 call; at most one waking in 2,000 ms`,
  };
}

/** An open widget that listens, and the cell with the number of its outstanding invoices. */
async function openWidget({ crm }: World) {
  const browser = await launchChromium();
  const { page, widget } = await openTestPage(browser);
  const listening = page.waitForResponse(/\/api\/events$/);
  await page.goto(`${crm.origin}/contacts/1001`);
  await listening;
  const [table, label] = figures.outstanding;
  const row = widget.getByRole('table', { name: table }).getByRole('row', { name: label });
  return { count: row.locator('td').first(), close: () => browser.close() };
}
