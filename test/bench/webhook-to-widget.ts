import { getViewRoute } from '#shared/contract/view.ts';
import { launchChromium, openTestPage } from '#test/support/browser.ts';
import { webhookKey } from '#test/support/product.ts';
import { figures } from '#test/support/screen.ts';
import type { World } from '#test/support/world.ts';
import type { Figure } from './figure.ts';
import { medianOf, timeEach } from './time-each.ts';

const rounds = 7;

/** From the moment somebody books something in Xero to the changed figure in an open widget, and what it asks of Xero. */
export async function measureWebhookToWidget(world: World): Promise<Figure[]> {
  const { control } = world.xero;
  const { reason } = await control.webhooks({ url: `${world.product().origin}/webhooks/xero`, key: webhookKey });
  if (reason !== null) throw new Error(`the product takes no webhooks: ${reason}`);
  const visit = await world.visit({ userId: 'olivia', recordType: 'contact', recordId: '1001' });
  const view = await visit.call(getViewRoute);
  if (view.status !== 'linked') throw new Error('Nora is linked');
  const invoice = {
    tenantId: visit.opened.organisation?.id ?? '',
    Contact: { ContactID: view.contact.id },
    Total: 1,
    Status: 'AUTHORISED' as const,
  };
  const browser = await launchChromium();
  const { page, widget } = await openTestPage(browser);
  const listening = page.waitForResponse(/\/api\/events$/);
  await page.goto(`${world.crm.origin}/contacts/1001`);
  await listening;
  const [table, label] = figures.outstanding;
  const count = widget.getByRole('table', { name: table }).getByRole('row', { name: label }).locator('td').first();
  const times: number[] = [];
  await control.clearRequests();
  for (let round = 0; round < rounds; round += 1) {
    const before = await count.innerText();
    const [took] = await timeEach(1, async () => {
      await control.addInvoice(invoice);
      await count.filter({ hasNotText: new RegExp(`^${before}$`) }).waitFor();
    });
    times.push(took ?? Number.NaN);
  }
  const calls = (await control.requests()).filter(({ path }) => path.startsWith('/api.xro/'));
  await browser.close();
  await control.webhooks({ url: null });
  const roundTripMs = medianOf(await timeEach(20, () => visit.call(getViewRoute)));
  return [
    {
      name: 'webhook → changed figure in the widget',
      measured: `${medianOf(times).toFixed(0)} ms, slowest ${Math.max(...times).toFixed(0)} ms; ${(calls.length / rounds).toFixed(1)} calls to Xero`,
      reference: `${roundTripMs.toFixed(1)} ms one GET /api/view; 1 call; 2,000 ms between two wakings`,
    },
  ];
}
