import { z } from 'zod';
import type { Cache } from '#server/cache/cache.ts';
import { type RecordKey, recordKeySchema } from '#shared/contract/record.ts';
import { buildSharedListening } from './shared-listening.ts';

const newsSchema = z.discriminatedUnion('kind', [
  /** A record's link, writes or chosen documents changed. `isOfBills`: only bills are affected. `userId`: who wrote. */
  z.object({
    kind: z.literal('records'),
    records: z.array(recordKeySchema),
    isOfBills: z.boolean().optional(),
    userId: z.string().optional(),
  }),
  /** The states of these synced records changed. An empty list: any of them may have changed. */
  z.object({
    kind: z.literal('travelling'),
    records: z.array(z.object({ kind: z.string(), key: z.string() })),
  }),
  z.object({ kind: z.literal('access') }),
  z.object({ kind: z.literal('connection') }),
  /**
   * Figures or details of these Xero contacts changed. For those in `onlyBills`, only bills changed, so people who may
   * not view bills are not told.
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

/** Who receives the news: everybody in one workspace, or everybody who views figures of one Xero organisation. */
export type NewsTopic = { workspaceId: string } | { organisationId: string };

/** The one news bus, across all processes. News only says that something changed; the receiver reads the rest again. */
export type NewsBus = {
  /** Never rejects. Without the cache, nobody is told. */
  announce(topic: NewsTopic, news: News): Promise<void>;
  /** Returns a function that stops listening. Rejects with `unavailable` while the cache is unavailable. */
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
