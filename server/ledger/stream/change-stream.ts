import { LRUCache } from 'lru-cache';
import type { Cache } from '#server/cache/cache.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { buildStreamRunners, findLastViewer, type RunnerDeps, toLastViewerKey, toStreamKey } from './stream-runner.ts';

/** Keeps every loaded contact of an organisation fresh while somebody viewers, over all processes. */
export type ChangeStream = {
  /** Somebody viewers (a view was answered, an events stream beats): the organisation's stream runs for 90 s more. */
  noteViewer(caller: XeroCaller): Promise<void>;
  /** A webhook came: wakes the stream (at most every 2 s), or marks the organisation dirty when nobody viewers. Fetches nothing itself. */
  wake(organisationId: string): Promise<void>;
  /** Waits until what is due in this process is done. */
  untilIdle(): Promise<void>;
  stop(): Promise<void>;
};

/** Looks come with every view; a process says so this often at most. */
const noteEveryMs = 10 * 1000;
const keepViewerSeconds = 180;

type StreamDeps = Omit<RunnerDeps, 'cache'> & { cache: RunnerDeps['cache'] & Pick<Cache, 'publish'> };

export function buildChangeStream(deps: StreamDeps): ChangeStream {
  const { cache, clock, states } = deps;
  const runners = buildStreamRunners(deps);
  const viewers = new LRUCache<string, number>({ max: 10_000 });

  async function noteViewer({ organisationId, workspaceId }: XeroCaller): Promise<void> {
    const steadyMs = clock.steadyMs();
    const name = `${organisationId}:${workspaceId}`;
    if (steadyMs - (viewers.get(name) ?? Number.NEGATIVE_INFINITY) < noteEveryMs) return;
    viewers.set(name, steadyMs);
    const mark = JSON.stringify({ at: clock.now().toISOString(), workspaceId });
    // Without the cache there is nothing to keep fresh.
    await cache.set(toLastViewerKey(organisationId), mark, keepViewerSeconds).catch(() => undefined);
    await runners.start(organisationId);
  }

  async function wake(organisationId: string): Promise<void> {
    try {
      const isViewed = (await findLastViewer(deps, organisationId)) !== undefined;
      await states.change(organisationId, (state) => {
        if (!state || (state.dirtyAt !== null && isViewed)) return state;
        const dirty = { ...state, dirtyAt: state.dirtyAt ?? clock.now().toISOString() };
        // Nobody asks now: who viewers next is told that the figures may be old.
        return isViewed ? dirty : { ...dirty, invoices: { ...state.invoices, freshUntil: neverFresh } };
      });
      await cache.publish(toStreamKey(organisationId), 'woken');
    } catch (error) {
      // The next round asks for all that changed since the last one, whoever was told of it.
      deps.log.warn({ err: error, organisationId }, 'a webhook could not wake the change stream');
    }
  }

  return {
    noteViewer,
    wake,
    untilIdle: runners.untilIdle,
    stop: runners.stop,
  };
}

const neverFresh = new Date(0).toISOString();
