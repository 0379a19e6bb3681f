import type { Repositories, Store } from '#server/store/store.ts';
import { isWidgetRecord } from '#shared/contract/record.ts';
import { needsViewBills } from '#shared/document-kinds.ts';
import { type News, type NewsBus, toRecordNews } from './news.ts';

type Tell = (workspaceId: string, news: News) => void;

/**
 * A store that announces every change once it is committed, so that no use case can forget to. Changes of one
 * transaction are announced after the commit. Nothing waits for announcements.
 */
export function buildAnnouncingStore(store: Store, { announce }: Pick<NewsBus, 'announce'>): Store {
  const tell: Tell = (workspaceId, news) => void announce({ workspaceId }, news);
  return {
    ...store,
    ...announceRepositories(store, tell),
    async together(work) {
      const untold: Parameters<Tell>[] = [];
      const result = await store.together((parts) => {
        // A transaction may be retried. Only the changes of its last attempt are committed.
        untold.length = 0;
        return work(announceRepositories(parts, (...told) => untold.push(told)));
      });
      for (const told of untold) tell(...told);
      return result;
    },
  };
}

function announceRepositories(store: Repositories, tell: Tell): Repositories {
  return {
    ...store,
    connections: announceConnections(store.connections, tell),
    links: announceLinks(store.links, tell),
    dealDocuments: {
      ...store.dealDocuments,
      change: async (deal, change) => {
        await store.dealDocuments.change(deal, change);
        const isOfBills = [...change.add, ...change.remove].every(({ kind }) => needsViewBills(kind));
        tell(deal.workspaceId, { ...toRecordNews({ type: 'deal', id: deal.dealId }), isOfBills });
      },
    },
    records: announceRecords(store.records, tell),
    access: {
      ...store.access,
      change: async (workspaceId, ...asked) => {
        const changed = await store.access.change(workspaceId, ...asked);
        if (changed) tell(workspaceId, { kind: 'access' });
        return changed;
      },
    },
    writes: {
      ...store.writes,
      close: async (id, closing) => {
        const isClosed = await store.writes.close(id, closing);
        const { audit } = closing;
        const isOfBills = audit?.documentKind === 'bill' || audit?.action === 'create_bill';
        // For a synced record, the news is sent when its state is stored.
        if (!isClosed || !audit?.record || !isWidgetRecord(audit.record)) return isClosed;
        // The person who made this write may not be the one who closed it, so read it.
        const write = isOfBills ? await store.writes.find(audit.workspaceId, id).catch(() => undefined) : undefined;
        tell(audit.workspaceId, { ...toRecordNews(audit.record), isOfBills, userId: write?.userId });
        return isClosed;
      },
    },
  };
}

function announceRecords(records: Store['records'], tell: Tell): Store['records'] {
  return {
    ...records,
    save: async (...rows) => {
      await records.save(...rows);
      for (const workspaceId of new Set(rows.map((row) => row.workspaceId))) {
        const own = rows.filter((row) => row.workspaceId === workspaceId);
        tell(workspaceId, { kind: 'travelling', records: own.map(({ kind, key }) => ({ kind, key })) });
      }
    },
    removeStates: async (workspace) => {
      await records.removeStates(workspace);
      tell(workspace.workspaceId, { kind: 'travelling', records: [] });
    },
  };
}

function announceConnections(connections: Store['connections'], tell: Tell): Store['connections'] {
  return {
    ...connections,
    connect: async (row) => {
      await connections.connect(row);
      tell(row.workspaceId, { kind: 'connection' });
    },
    disconnect: async (workspaceId) => {
      await connections.disconnect(workspaceId);
      tell(workspaceId, { kind: 'connection' });
    },
    markReconnectNeeded: async (...asked) => {
      const isMarked = await connections.markReconnectNeeded(...asked);
      if (isMarked) tell(asked[0], { kind: 'connection' });
      return isMarked;
    },
  };
}

function announceLinks(links: Store['links'], tell: Tell): Store['links'] {
  return {
    ...links,
    put: async (row) => {
      await links.put(row);
      tell(row.workspaceId, toRecordNews(row.record));
    },
    remove: async (workspaceId, organisationId, record) => {
      const isRemoved = await links.remove(workspaceId, organisationId, record);
      if (isRemoved) tell(workspaceId, toRecordNews(record));
      return isRemoved;
    },
  };
}
