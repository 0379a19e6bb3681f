import { z } from 'zod';
import type { Cache } from '#server/cache/cache.ts';
import { type RecordKey, recordKeySchema } from '#shared/contract/record.ts';
import { buildSharedListening } from './shared-listening.ts';

const newsSchema = z.discriminatedUnion('kind', [
  /** Records were linked, unlinked, written for or chosen for. `isOfBills`: only bills are concerned; `userId` wrote. */
  z.object({
    kind: z.literal('records'),
    records: z.array(recordKeySchema),
    isOfBills: z.boolean().optional(),
    userId: z.string().optional(),
  }),
  z.object({ kind: z.literal('access') }),
  z.object({ kind: z.literal('connection') }),
  /**
   * Figures of these Xero contacts changed, or what is shown of the contact itself. Of `onlyBills` among them nothing
   * but bills changed: no news for people who may not see bills.
   */
  z.object({
    kind: z.literal('figures'),
    contactIds: z.array(z.string()),
    onlyBills: z.array(z.string()).default([]),
  }),
]);
export type News = z.infer<typeof newsSchema>;
export type RecordNews = Extract<News, { kind: 'records' }>;
export type FiguresNews = Extract<News, { kind: 'figures' }>;

/** Whom news is for: everybody of a workspace of ours, or everybody who shows figures of an organisation in Xero. */
export type NewsTopic = { workspaceId: string } | { organisationId: string };

/** The one bus of news, over all processes. News says that something changed; who hears it reads the rest anew. */
export type NewsBus = {
  /** Never rejects. Without the cache nobody is told. */
  announce(topic: NewsTopic, news: News): Promise<void>;
  /** Answers how to stop. Rejects with `unavailable` while the cache is away. */
  listen(topic: NewsTopic, hear: (news: News) => void): Promise<() => Promise<void>>;
};

export function buildNewsBus(cache: Pick<Cache, 'publish' | 'subscribe'>, onError: (error: unknown) => void): NewsBus {
  const { listen } = buildSharedListening({
    ...{ cache, onError },
    parse: (message) => newsSchema.parse(JSON.parse(message)),
  });
  return {
    announce: (topic, news) => cache.publish(toChannel(topic), JSON.stringify(news)).catch(() => undefined),
    listen: (topic, hear) => listen(toChannel(topic), hear),
  };
}

function toChannel(topic: NewsTopic): string {
  return 'workspaceId' in topic ? `news:workspace:${topic.workspaceId}` : `news:organisation:${topic.organisationId}`;
}

export function toRecordNews(...records: readonly RecordKey[]): RecordNews {
  return { kind: 'records', records: records.map(({ type, id }) => ({ type, id })) };
}
