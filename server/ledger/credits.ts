import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Background } from './background.ts';
import type { Credit } from './credit.ts';
import type { Failures } from './failures.ts';
import type { LedgerDeps } from './ledger.ts';
import { toFailure } from './to-failure.ts';

/** A credit changes rarely, and Xero can tell them only for the organisation as a whole. */
const freshForMs = 30 * 60 * 1000;
/** Kept as last good figures. */
const keepSeconds = 3 * 24 * 3600;
/** What failures are noted under, beside contact ids. */
const failureKey = 'credits';

const stampSchema = z.object({ version: z.string(), loadedAt: z.string() });
type Stamp = z.infer<typeof stampSchema>;
type Kept = { stamp: Stamp; credits: Credit[] };

export type Credits = {
  /** What is known of these contacts; null until the organisation's credits were loaded. Never asks Xero. */
  read(organisationId: string, contactIds: readonly string[]): Promise<Credit[] | null>;
  /** Names what `read` answers now; null while it is to change soon. */
  findVersion(organisationId: string): Promise<string | null>;
  /** Begins a load that nobody waits for, where nothing or only old ones are known. */
  refreshBehind(caller: XeroCaller): Promise<void>;
};

type CreditsDeps = LedgerDeps & { background: Background; failures: Failures };

export function buildCredits(deps: CreditsDeps): Credits {
  const { cache, clock, background, failures } = deps;
  const isFresh = (stamp: Stamp | undefined) =>
    stamp !== undefined && clock.now().getTime() - Date.parse(stamp.loadedAt) <= freshForMs;
  const isFailing = (organisationId: string) => failures.find(organisationId, [failureKey]) !== null;

  async function readStamp(organisationId: string): Promise<Stamp | undefined> {
    const text = await cache.get(`${keyOf(organisationId)}:stamp`).catch(() => undefined);
    return text === undefined ? undefined : stampSchema.parse(JSON.parse(text));
  }

  return {
    async read(organisationId, contactIds) {
      const text = await cache.get(keyOf(organisationId)).catch(() => undefined);
      if (text === undefined) return null;
      const wanted = new Set(contactIds);
      const { credits } = JSON.parse(text) as Kept;
      return credits.filter(({ contactId }) => wanted.has(contactId));
    },
    async findVersion(organisationId) {
      const stamp = await readStamp(organisationId);
      if (isFresh(stamp) || isFailing(organisationId)) return stamp?.version ?? 'none';
      return null;
    },
    async refreshBehind(caller) {
      const { organisationId } = caller;
      if (isFailing(organisationId) || isFresh(await readStamp(organisationId))) return;
      background.run(() => loadNoting(deps, { ...caller, priority: 'background', signal: background.signal }));
    },
  };
}

async function loadNoting(deps: CreditsDeps, caller: XeroCaller): Promise<void> {
  try {
    await loadOnce(deps, caller);
  } catch (error) {
    deps.failures.note(caller.organisationId, [failureKey], toFailure(error));
  }
}

/** One load an organisation at a time, over all processes. */
function loadOnce({ cache, xero, clock, singleFlight }: CreditsDeps, caller: XeroCaller): Promise<string> {
  const key = keyOf(caller.organisationId);
  const since = clock.now().toISOString();
  return singleFlight(`load:${key}`, {
    load: async () => {
      const { credits } = await xero.listCredits(caller);
      const stamp: Stamp = { version: randomUUID(), loadedAt: clock.now().toISOString() };
      await cache.set(key, JSON.stringify({ stamp, credits } satisfies Kept), keepSeconds);
      await cache.set(`${key}:stamp`, JSON.stringify(stamp), keepSeconds);
      return stamp.loadedAt;
    },
    read: async () => {
      const text = await cache.get(`${key}:stamp`);
      const loadedAt = text === undefined ? '' : stampSchema.parse(JSON.parse(text)).loadedAt;
      return loadedAt >= since ? loadedAt : undefined;
    },
  });
}

function keyOf(organisationId: string): string {
  return `credits:${organisationId}`;
}
