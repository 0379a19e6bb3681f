import { presets } from '../people/admin.ts';
import type { World } from '../world/world.ts';
import type { State } from './states.ts';

const nora = { type: 'contact', id: '1001' } as const;

/** The start of every state: connected, the example company linked, Nora not linked, Ben with all rights. */
export async function arrangeStart(world: World, { write }: Pick<State, 'write'> = {}): Promise<void> {
  const { admin, xero, restartProduct } = world;
  await xero.control.reset({ keepConnections: true });
  await write?.(world);
  await restartProduct();
  await admin.disconnect();
  await admin.connect();
  await admin.grant({ ben: presets.full, priya: presets.viewer });
  await admin.link({ type: 'company', id: '501' }, 'Harbour Lights Pty Ltd');
  await admin.unlink(nora);
}

/** Xero allows 60 calls a minute, and several states may run within one. */
const mostCalls = 20;

/**
 * Prepares the same start again. The product keeps running if all states since its start only read data, which leaves
 * nothing behind but links, and if it made few calls.
 */
export async function arrangeNext(world: World, state: State, before?: State): Promise<void> {
  const { admin, xero } = world;
  const calls = await xero.control.requests();
  const isUntouched = before?.write === state.write && calls.every(isReading) && calls.length < mostCalls;
  if (before && isUntouched) return admin.unlink(nora);
  await arrangeStart(world, state);
  await xero.control.clearRequests();
}

/** Xero was only read, and answered. */
function isReading({ method, status }: { method: string; status: number }): boolean {
  return method === 'GET' && status >= 200 && status < 400;
}
