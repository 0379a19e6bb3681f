import { once } from 'node:events';
import { type Admin, adminId, presets } from '#test/support/admin.ts';
import { buildProduct } from '#test/support/programs/build-product.ts';
import { webhookKey } from '#test/support/programs/product.ts';
import { startWorld, type World } from '#test/support/world.ts';

/**
 * `npm run demo`: the sandbox Xero, the example CRM and the product on this machine, ready to look at. Connected,
 * with access for the sales people, and the company of the story linked; `--fresh` leaves all of that to you.
 */
const isFresh = process.argv.includes('--fresh');

/** Olivia, the CRM's admin, did this before the newcomer arrives. Tom was granted nothing. */
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
    // What happens in the sandbox shows in open widgets at once.
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
  // Heard from the start, so that an early Ctrl+C leaves nothing behind either.
  await runDemo(Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]));
} catch (error) {
  console.error(`The demo did not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
