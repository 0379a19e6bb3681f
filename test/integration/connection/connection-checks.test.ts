import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { getSettingsRoute } from '#shared/contract/settings.ts';
import { adminId, presets } from '#test/support/people/admin.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { startWorld, type World } from '#test/support/world/world.ts';

/** A real server process with a movable clock. Nobody opens a record meanwhile. */
let world: World;
beforeAll(async () => {
  world = await startWorld({ hasMovingClock: true });
});
afterAll(() => world.stop());

const nora = { type: 'contact', id: '1001' } as const;
const hour = 3600;

async function readConnection() {
  return (await (await world.visit({ userId: adminId, recordType: 'settings' })).call(getSettingsRoute)).connection;
}
async function listChecks() {
  return (await world.xero.control.requests()).filter(({ path }) => path === '/connections');
}

/** They are loaded after the answer, so that a call of theirs may still be on its way. */
async function haveCreditsLoaded(): Promise<boolean> {
  const paths = (await world.xero.control.requests()).map(({ path }) => path);
  return ['/CreditNotes', '/Prepayments', '/Overpayments'].every((end) => paths.some((path) => path.endsWith(end)));
}

/** Seconds until 18:00 UTC on the next Friday. */
async function secondsToFriday(): Promise<number> {
  const { now } = await world.xero.control.clock({});
  const friday = new Date(now);
  friday.setUTCDate(friday.getUTCDate() + ((5 - friday.getUTCDay() + 7) % 7 || 7));
  friday.setUTCHours(18, 0, 0, 0);
  return Math.round((friday.getTime() - Date.parse(now)) / 1000);
}

/** A refresh that joins a load from before the fault still succeeds. */
async function refreshUntilRefused(session: Visit): Promise<unknown> {
  let body: { error?: unknown } = {};
  const isRefused = async () => {
    body = (await session.send('GET', '/api/view?fresh=true')).body as typeof body;
    return body.error != null;
  };
  await waitUntil(isRefused, 'a refresh that Xero refuses');
  return body;
}

describe('connections that nobody uses', () => {
  beforeEach(async () => {
    await world.admin.disconnect();
    await world.xero.control.clearFaults();
    await world.admin.connect();
    await world.admin.grant({ ben: presets.full });
    await world.admin.link(nora, 'Harbour Lights Pty Ltd');
  });

  test('notices a disconnect inside Xero within hours, and links return', async () => {
    await waitUntil(haveCreditsLoaded, 'the credits behind the first view');
    await world.advanceSeconds(await secondsToFriday());
    await waitUntil(async () => (await listChecks()).length > 0, 'the check on Friday');
    await world.xero.control.disconnect();
    await world.xero.control.clearRequests();
    await world.advanceSeconds(14 * hour);
    await waitUntil(async () => (await readConnection()).status !== 'running', 'the check on Saturday');
    expect(await readConnection()).toMatchObject({ status: 'reconnect_needed', reason: 'disconnected_in_xero' });
    // Xero's own list was enough; no organisation was called.
    expect((await world.xero.control.requests()).filter(({ path }) => path.startsWith('/api.xro'))).toEqual([]);
    await world.advanceSeconds(48 * hour);
    await world.admin.connect();
    const { opened } = await world.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
    expect(opened.view).toMatchObject({ status: 'linked', contact: { name: 'Harbour Lights Pty Ltd' } });
    expect(opened.connection.status).toBe('running');
  });

  test('keeps the connection and asks again when Xero cannot say', async () => {
    await world.xero.control.fault({ kind: 'status', status: 500, path: '^/connections' });
    await world.advanceSeconds(2 * hour);
    await waitUntil(async () => (await listChecks()).length > 0, 'a check that fails');
    expect((await readConnection()).status).toBe('running');
    await world.xero.control.disconnect();
    // The first check may still be trying again, so that the job is next due only after it ended.
    await waitUntil(async () => {
      await world.advanceSeconds(hour / 2);
      return (await readConnection()).status === 'reconnect_needed';
    }, 'the next check');
  });

  test.each([
    [403, 'not_entitled'],
    [401, 'token_refused'],
  ] as const)('when Xero goes on refusing with %i, then minutes later it is %s', async (status, reason) => {
    const session = await world.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
    await world.xero.control.fault({ kind: 'status', status, path: '^/api.xro', times: null });
    expect(await refreshUntilRefused(session)).toMatchObject({
      status: 'linked',
      error: { code: status === 401 ? 'xero_unauthorized' : 'xero_forbidden' },
    });
    expect((await readConnection()).status).toBe('running');
    await world.advanceSeconds(11 * 60);
    await waitUntil(async () => (await readConnection()).status === 'reconnect_needed', 'the second check');
    expect((await readConnection()).reason).toBe(reason);
    const again = await session.send('GET', '/api/view');
    expect(again.body).toMatchObject({ status: 'linked', error: { code: 'reconnect_needed', reason } });
  });

  test('a second check clears a doubt after a temporary refusal', async () => {
    const session = await world.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
    await world.xero.control.fault({ kind: 'status', status: 403, path: '^/api.xro' });
    await refreshUntilRefused(session);
    await world.xero.control.clearFaults();
    await world.xero.control.clearRequests();
    await world.advanceSeconds(11 * 60);
    const asked = async () => (await world.xero.control.requests()).some(({ path }) => path.endsWith('/Organisation'));
    await waitUntil(asked, 'the second check');
    expect((await readConnection()).status).toBe('running');
  });
});
