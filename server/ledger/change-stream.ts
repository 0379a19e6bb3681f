import { z } from 'zod';
import type { Cache } from '#server/cache/cache.ts';
import type { Clock } from '#server/clock.ts';
import type { Log } from '#server/deps.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';

/** What moved for these Xero contacts, whoever learned of it: figures, or what is told of the contact itself. */
export type LedgerChange = { contactIds: readonly string[] };

/** Keeps every loaded contact of an organisation fresh while somebody looks, over all processes. */
export type ChangeStream = {
  /** Somebody looks (a view was answered, an events stream beats): the organisation's stream runs for 90 s more. */
  look(caller: XeroCaller): Promise<void>;
  /** A webhook came: wakes the stream (at most every 2 s), or marks the organisation dirty when nobody looks. Fetches nothing itself. */
  wake(organisationId: string): Promise<void>;
  /** Hears, from all processes, which contacts' figures have changed. Answers how to stop. */
  onChange(organisationId: string, listener: (change: LedgerChange) => void): Promise<() => Promise<void>>;
  /** Says so (loads, own writes and the stream use it; link changes may too). A cache that is away tells nobody. */
  announce(organisationId: string, change: LedgerChange): Promise<void>;
  stop(): Promise<void>;
};

export type ChangeStreamDeps = { cache: Pick<Cache, 'publish' | 'subscribe' | 'set'>; clock: Clock; log: Log };

const changeSchema = z.object({ contactIds: z.array(z.string()) });
const lookedForSeconds = 90;

export function buildChangeStream({ cache, clock }: ChangeStreamDeps): ChangeStream {
  const channelOf = (organisationId: string) => `changes:${organisationId}`;
  return {
    async look({ organisationId, workspaceId }) {
      const mark = JSON.stringify({ at: clock.now().toISOString(), workspaceId });
      await cache.set(`stream:${organisationId}:looked`, mark, lookedForSeconds).catch(() => undefined);
    },
    async wake(organisationId) {
      await cache.publish(`stream:${organisationId}`, 'wake').catch(() => undefined);
    },
    onChange: (organisationId, listener) =>
      cache.subscribe(channelOf(organisationId), (text) => listener(changeSchema.parse(JSON.parse(text)))),
    async announce(organisationId, { contactIds }) {
      if (contactIds.length === 0) return;
      await cache.publish(channelOf(organisationId), JSON.stringify({ contactIds })).catch(() => undefined);
    },
    stop: async () => undefined,
  };
}
