import type { Store } from '#server/store/store.ts';
import { toRecordNews, type WorkspaceNews } from './workspace-news.ts';

/**
 * The store, which tells what was changed in it as soon as it stands: whoever changes something cannot forget to say
 * so. Telling is never waited for.
 */
export function buildAnnouncingStore(store: Store, news: Pick<WorkspaceNews, 'announce'>): Store {
  return {
    ...store,
    connections: announceConnections(store.connections, news),
    links: announceLinks(store.links, news),
    dealDocuments: {
      ...store.dealDocuments,
      change: async (deal, change) => {
        await store.dealDocuments.change(deal, change);
        void news.announce(deal.workspaceId, toRecordNews({ type: 'deal', id: deal.dealId }));
      },
    },
    access: {
      ...store.access,
      replace: async (workspaceId, entries) => {
        await store.access.replace(workspaceId, entries);
        void news.announce(workspaceId, { kind: 'access' });
      },
    },
    writes: {
      ...store.writes,
      settle: async (id, settlement) => {
        const isSettled = await store.writes.settle(id, settlement);
        const { audit } = settlement;
        if (isSettled && audit?.record) void news.announce(audit.workspaceId, toRecordNews(audit.record));
        return isSettled;
      },
    },
  };
}

function announceConnections(connections: Store['connections'], news: Pick<WorkspaceNews, 'announce'>) {
  const tell = (workspaceId: string) => void news.announce(workspaceId, { kind: 'connection' });
  return {
    ...connections,
    connect: async (row) => {
      await connections.connect(row);
      tell(row.workspaceId);
    },
    disconnect: async (workspaceId) => {
      await connections.disconnect(workspaceId);
      tell(workspaceId);
    },
    markReconnectNeeded: async (workspaceId, version, reason) => {
      const isMarked = await connections.markReconnectNeeded(workspaceId, version, reason);
      if (isMarked) tell(workspaceId);
      return isMarked;
    },
  } satisfies Store['connections'];
}

function announceLinks(links: Store['links'], news: Pick<WorkspaceNews, 'announce'>) {
  return {
    ...links,
    put: async (row) => {
      await links.put(row);
      void news.announce(row.workspaceId, toRecordNews(row.record));
    },
    remove: async (workspaceId, organisationId, record) => {
      const isRemoved = await links.remove(workspaceId, organisationId, record);
      if (isRemoved) void news.announce(workspaceId, toRecordNews(record));
      return isRemoved;
    },
  } satisfies Store['links'];
}
