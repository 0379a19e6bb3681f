import type { Deps } from '#server/deps.ts';
import type { XeroCaller, XeroOrganisation } from '#server/xero/gateway.ts';
import type { SyncLists } from '#server/xero/records/sync-lists.ts';

type KeepDeps = Pick<Deps, 'cache' | 'clock' | 'singleFlight' | 'xero'>;

/** `mostSeconds`: how old the answer may be; 0 asks Xero. */
type Age = { mostSeconds: number };

/** Xero's lists and lock dates are kept so long, for all processes. */
const keepSeconds = 10 * 60;

/** Xero's accounts, tax rates, tracking categories and currencies. */
export function keptLists(deps: KeepDeps, caller: XeroCaller, age: Age): Promise<SyncLists> {
  return keep(deps, { key: listsKey(caller.organisationId), ...age }, () => deps.xero.listSyncLists(caller));
}

/** The organisation, with its lock dates. */
export function keptOrganisation(deps: KeepDeps, caller: XeroCaller, age: Age): Promise<XeroOrganisation> {
  return keep(deps, { key: organisationKey(caller.organisationId), ...age }, () => deps.xero.getOrganisation(caller));
}

/** Forgets both, so that a change that was just made in Xero counts. */
export async function forgetLists({ cache }: Pick<Deps, 'cache'>, organisationId: string): Promise<void> {
  const keys = [listsKey(organisationId), organisationKey(organisationId)];
  await Promise.all(keys.map((key) => cache.delete(key).catch(() => undefined)));
}

function listsKey(organisationId: string): string {
  return `sync-lists:${organisationId}`;
}

function organisationKey(organisationId: string): string {
  return `sync-organisation:${organisationId}`;
}

async function keep<Value>(
  { cache, clock, singleFlight }: KeepDeps,
  { key, mostSeconds }: Age & { key: string },
  ask: () => Promise<Value>,
): Promise<Value> {
  const read = async (): Promise<Value | undefined> => {
    const text = await cache.get(key).catch(() => undefined);
    if (text === undefined) return undefined;
    // The code below wrote this value.
    const { at, value } = JSON.parse(text) as { at: number; value: Value };
    return clock.now().getTime() - at <= mostSeconds * 1000 ? value : undefined;
  };
  const load = async (): Promise<Value> => {
    const at = clock.now().getTime();
    const value = await ask();
    await cache.set(key, JSON.stringify({ at, value }), keepSeconds).catch(() => undefined);
    return value;
  };
  if (mostSeconds === 0) return load();
  return (await read()) ?? singleFlight(key, { load, read });
}
