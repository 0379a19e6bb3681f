import type { Deps } from '#server/deps.ts';
import type { Session } from '#server/identity/session.ts';
import type { Right } from '#shared/contract/record.ts';
import { isOtherSession, readWatchedRecord, type WatchedRecord } from './watched-record.ts';

/** What a session sees at present, and the changes of its organisation that affect it. */
export type Watch = {
  /** Reads it again. True when /api/open would now return something else than at the last read. */
  read(): Promise<boolean>;
  rights(): readonly Right[];
  /** Records that somebody is viewing these figures, if there are any. */
  noteViewer(): Promise<void>;
};

export function buildWatch(
  deps: Deps,
  session: Session,
  { over, onFigures }: { over: AbortSignal; onFigures: () => void },
): Watch {
  let watched: WatchedRecord | undefined;
  let followed: string | null = null;
  let stop: (() => Promise<void>) | undefined;

  const leave = async (): Promise<void> => {
    const leaving = stop;
    stop = undefined;
    followed = null;
    await leaving?.().catch(() => undefined);
  };
  over.addEventListener('abort', () => void leave());

  const rights = (): readonly Right[] => watched?.rights ?? [];

  async function follow(organisationId: string | null): Promise<void> {
    if (organisationId === followed) return;
    await leave();
    if (organisationId === null) return;
    stop = await deps.news.listen({ organisationId }, (news) => {
      if (news.kind !== 'figures') return;
      const isShown = (id: string) =>
        watched?.contactIds.has(id) && (rights().includes('viewBills') || !news.onlyBills.includes(id));
      if (news.contactIds.some(isShown)) onFigures();
    });
    followed = organisationId;
    if (over.aborted) await leave();
  }

  return {
    rights,
    async read() {
      const before = watched;
      const now = await readWatchedRecord(deps, session);
      watched = now;
      await follow(now.organisationId);
      return before !== undefined && isOtherSession(before, now);
    },
    async noteViewer() {
      if (!watched?.organisationId || watched.contactIds.size === 0 || watched.connectionStatus !== 'running') return;
      const { organisationId } = watched;
      await deps.changes.noteViewer({ workspaceId: session.workspaceId, organisationId, priority: 'background' });
    },
  };
}
