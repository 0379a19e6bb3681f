import { once } from 'node:events';
import { type Admin, adminId, presets } from '#test/support/people/admin.ts';
import { buildProduct } from '#test/support/programs/build-product.ts';
import { webhookKey } from '#test/support/programs/product.ts';
import { startWorld, type World } from '#test/support/world/world.ts';

/**
 * `npm run demo`: starts the sandbox Xero, the example CRM and the product on this machine. By default it is connected,
 * sales people have access, and the example company is linked. With `--fresh`, you do all that yourself.
 */
const isFresh = process.argv.includes('--fresh');

/** Olivia, the CRM's admin, has done this before the demo starts. Tom has no rights. */
async function prepare(admin: Admin): Promise<void> {
  await admin.connect();
  await admin.grant({ ben: presets.sales, priya: presets.full });
  await admin.link({ type: 'company', id: '501' }, 'Harbour Lights Pty Ltd');
}

function describe(world: World): string {
  const page = isFresh ? '/setup/apps/xero' : '/contacts/1001';
  const story = isFresh
    ? 'Nothing is connected yet: press Connect to Xero and allow the sandbox’s Demo Company.'
    : 'Nora Lindqvist has 2 possible matches in Xero beside her details: link the first one and see what she owes.';
  return `\n  Open  ${world.crm.origin}${page}\n\n  ${story}\n  Ctrl+C ends it.\n`;
}

async function runDemo(ended: Promise<unknown>): Promise<void> {
  console.log('Building, then starting a sandbox Xero, an example CRM and Ledgerside …');
  await buildProduct();
  const world = await startWorld({ signedIn: isFresh ? adminId : 'ben' });
  try {
    // Changes in the sandbox show in open widgets at once.
    await world.xero.control.webhooks({ url: `${world.product().origin}/webhooks/xero`, key: webhookKey });
    if (!isFresh) await prepare(world.admin);
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
