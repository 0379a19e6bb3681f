import { once } from 'node:events';
import { adminId, presets } from '#test/support/people/admin.ts';
import { prepareStory } from '#test/support/people/crm-story.ts';
import { buildProduct } from '#test/support/programs/build-product.ts';
import { webhookKey } from '#test/support/programs/product.ts';
import { startWorld, type World } from '#test/support/world/world.ts';

/**
 * `npm run demo`: starts the sandbox Xero, the example CRM and the product on this machine. By default it is connected,
 * sync is on, sales people have access, and the example company is linked. With `--fresh`, you do all that yourself.
 */
const isFresh = process.argv.includes('--fresh');

/** Olivia, the CRM's admin, has done this before the demo starts. Tom has no rights. */
async function prepare({ admin, xero, visit }: World): Promise<void> {
  await prepareStory({ admin, visit, control: xero.control }, { hasBills: true });
  await admin.grant({ ben: presets.full, priya: presets.full });
  await admin.link({ type: 'company', id: '501' }, 'Harbour Lights Pty Ltd');
}

/** Changes are handed over at once. This makes up for what was lost meanwhile. */
const crmSyncEveryMs = 10_000;

function describe({ crm: { origin } }: World): string {
  if (isFresh)
    return `
  Open  ${origin}/setup/apps/xero

  Nothing is connected yet: press Connect to Xero and allow the sandbox’s Demo Company.
  Then  ${origin}/  says what there is to try.
  Ctrl+C ends it.
`;
  return `
  Open  ${origin}/

  That page leads through the story, step by step. Or go straight to
    the CRM's expenses                 ${origin}/expenses
    the card of an expense             ${origin}/expenses/exp-326
    what is sent, and what is missing  ${origin}/setup/apps/xero/sync   (as Olivia Hart)
    what a customer owes               ${origin}/contacts/1001
  Ctrl+C ends it.
`;
}

async function runDemo(ended: Promise<unknown>): Promise<void> {
  console.log('Building, then starting a sandbox Xero, an example CRM and Ledgerside …');
  await buildProduct();
  const world = await startWorld({ signedIn: isFresh ? adminId : 'ben', crmSyncEveryMs });
  try {
    // Changes in the sandbox show in open widgets at once.
    await world.xero.control.webhooks({ url: `${world.product().origin}/webhooks/xero`, key: webhookKey });
    if (!isFresh) await prepare(world);
    console.log(describe(world));
    await ended;
    console.log('\nStopping …');
  } finally {
    await world.stop();
  }
}

try {
  // Listen from the start, so that an early Ctrl+C also cleans up.
  await runDemo(Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]));
} catch (error) {
  console.error(`The demo did not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
