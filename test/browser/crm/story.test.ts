import { beforeAll, expect, test } from 'vitest';
import { setStage } from '#test/support/page/stage.ts';
import { prepareStory } from '#test/support/people/crm-story.ts';
import { waitUntil } from '#test/support/wait-until.ts';

/** The example CRM as the demo shows it: it hands its books over by itself, and is told of changes. */
const stage = setStage({ crmSyncEveryMs: 2_000 });

beforeAll(async () => {
  const world = stage.world();
  await prepareStory({ ...world, control: world.xero.control });
  // The story used the calls of this minute; a new process has all of them.
  await world.restartProduct();
});

test('several rows are chosen and sent: their columns fill, and a row leads to its card', async () => {
  const { page, widget } = await stage.open('/expenses?q=Parking', { user: 'olivia' });
  const rows = page.getByRole('row', { name: /Parking/ });
  await rows.first().getByText('Left out').waitFor();
  for (const index of [0, 1, 2]) await rows.nth(index).getByRole('checkbox').check();
  await page.getByText('3 selected').waitFor();
  await page.getByRole('button', { name: 'Sync to Xero' }).click();
  await page.getByText('3 records handed to Ledgerside.').waitFor();
  await page.goto(`${stage.world().crm.origin}/expenses?q=Parking`);
  const isIn = async () => {
    await page.reload();
    return (await page.getByText('Bill · in Xero').count()) === 3;
  };
  // Real time: sync takes at most 30 calls of a minute, and the story begins with more.
  await waitUntil(isIn, 'three bills to be in Xero', 90_000);
  const sent = page.getByRole('row', { name: /Bill · in Xero/ }).first();
  expect(await sent.locator('td.xero a').getAttribute('title')).toMatch(/^[\da-f-]{36}$/);
  await sent.getByRole('link', { name: 'Parking', exact: true }).click();
  await widget.getByText('Bill · in Xero').waitFor();
});

test('a choice is tried first: the page says what would happen, and nothing is sent', async () => {
  const { page } = await stage.open('/expenses?q=Harbour+Lights', { user: 'olivia' });
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await page.getByRole('button', { name: 'Try it first' }).click();
  await page.getByText('Nothing was sent.').waitFor();
  await page.getByText('would ask a question first').waitFor();
  await page.getByText('Xero has a contact with a name similar to').first().waitFor();
});

test.each(['/', '/expenses', '/expenses/exp-1', '/expenses/exp-1/edit'])(
  'at 280 px, %s has all of its header and no sideways scroll',
  async (path) => {
    const { page } = await stage.open(path, { user: 'olivia', viewport: { width: 280, height: 760 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(280);
    await page.getByRole('button', { name: /Signed in as/ }).click();
    await page.getByText('Ben Carter').waitFor();
  },
);

test.each([280, 400])(
  'at %d px, the panel follows the heading of an expense, and names in the list are whole',
  async (width) => {
    const viewport = { width, height: 760 };
    const { page } = await stage.open('/expenses/exp-1', { user: 'olivia', viewport });
    const topOf = (selector: string) =>
      page.locator(selector).evaluate((element) => Math.round(element.getBoundingClientRect().top));
    const panel = await topOf('.side .panel');
    expect(await topOf('.record-head')).toBeLessThan(panel);
    expect(panel).toBeLessThan(await topOf('.record-body'));
    await page.goto(`${stage.world().crm.origin}/expenses`);
    const cut = await page
      .locator('.name-cell a')
      .evaluateAll((links) => links.filter((link) => link.scrollWidth > link.clientWidth + 1).length);
    expect(cut).toBe(0);
  },
);
