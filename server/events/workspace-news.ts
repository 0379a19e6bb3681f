import { z } from 'zod';
import type { Cache } from '#server/cache/cache.ts';
import { type RecordKey, recordKeySchema } from '#shared/contract/record.ts';
import { buildSharedListening } from './shared-listening.ts';

const newsSchema = z.discriminatedUnion('kind', [
  /** Linked, unlinked, written for, chosen for. `isOfBills`: nothing but bills is concerned, `userId` wrote it. */
  z.object({
    kind: z.literal('records'),
    records: z.array(recordKeySchema),
    isOfBills: z.boolean().optional(),
    userId: z.string().optional(),
  }),
  z.object({ kind: z.literal('access') }),
  z.object({ kind: z.literal('connection') }),
]);
export type News = z.infer<typeof newsSchema>;

/** What people did in a workspace, told to all processes; what moves in Xero is the change stream's. */
export type WorkspaceNews = {
  /** A cache that is away tells nobody. */
  announce(workspaceId: string, news: News): Promise<void>;
  /** Answers how to stop. Rejects with `unavailable` while the cache is away. */
  onNews(workspaceId: string, listener: (news: News) => void): Promise<() => Promise<void>>;
};

export function buildWorkspaceNews(
  cache: Pick<Cache, 'publish' | 'subscribe'>,
  onError: (error: unknown) => void,
): WorkspaceNews {
  const { listen } = buildSharedListening({
    ...{ cache, onError },
    parse: (message) => newsSchema.parse(JSON.parse(message)),
  });
  const channelOf = (workspaceId: string) => `news:${workspaceId}`;
  return {
    announce: (workspaceId, news) => cache.publish(channelOf(workspaceId), JSON.stringify(news)).catch(() => undefined),
    onNews: (workspaceId, listener) => listen(channelOf(workspaceId), listener),
  };
}

export function toRecordNews(...records: readonly RecordKey[]): Extract<News, { kind: 'records' }> {
  return { kind: 'records', records: records.map(({ type, id }) => ({ type, id })) };
}
