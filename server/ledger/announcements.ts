import { z } from 'zod';
import type { Cache } from '#server/cache/cache.ts';

/** What moved for these Xero contacts, whoever learned of it: figures, or what is told of the contact itself. */
export type LedgerChange = { contactIds: readonly string[] };

export type Announcements = {
  announce(organisationId: string, change: LedgerChange): Promise<void>;
  onChange(organisationId: string, listener: (change: LedgerChange) => void): Promise<() => Promise<void>>;
};

const changeSchema = z.object({ contactIds: z.array(z.string()) });

/** Over all processes. A cache that is away tells nobody. */
export function buildAnnouncements(cache: Pick<Cache, 'publish' | 'subscribe'>): Announcements {
  const channelOf = (organisationId: string) => `changes:${organisationId}`;
  return {
    async announce(organisationId, { contactIds }) {
      if (contactIds.length === 0) return;
      const message = JSON.stringify({ contactIds: [...new Set(contactIds)] });
      await cache.publish(channelOf(organisationId), message).catch(() => undefined);
    },
    onChange: (organisationId, listener) =>
      cache.subscribe(channelOf(organisationId), (text) => listener(changeSchema.parse(JSON.parse(text)))),
  };
}
