import { LRUCache } from 'lru-cache';
import type { Cache } from '#server/cache/cache.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { buildStreamRunners, findLastViewer, type RunnerDeps, toLastViewerKey, toStreamKey } from './stream-runner.ts';

/** Keeps every loaded contact of an organisation fresh while somebody is viewing, across all processes. */
export type ChangeStream = {
  /**
   * Call when a view is answered or an event stream sends its heartbeat: keeps the organisation's stream alive for 90
   * s.
   */
  noteViewer(caller: XeroCaller): Promise<void>;
  /**
   * Call when a webhook arrives: wakes the stream (at most every 2 s), or marks the organisation dirty when nobody is
   * viewing. Makes no call to Xero.
   */
  wake(organisationId: string): Promise<void>;
  /** Waits until this process has done what is due. */
  untilIdle(): Promise<void>;
  stop(): Promise<void>;
};

/** Every view calls `noteViewer`; a process writes it to the cache at most this often. */
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
    // Without the cache, there is nothing to keep fresh.
    await cache.set(toLastViewerKey(organisationId), mark, keepViewerSeconds).catch(() => undefined);
    await runners.start(organisationId);
  }

  async function wake(organisationId: string): Promise<void> {
    try {
      const isViewed = (await findLastViewer(deps, organisationId)) !== undefined;
      await states.change(organisationId, (state) => {
        if (!state || (state.dirtyAt !== null && isViewed)) return state;
        const dirty = { ...state, dirtyAt: state.dirtyAt ?? clock.now().toISOString() };
        // No stream runs now. The next viewer is told that the figures may be outdated.
        return isViewed ? dirty : { ...dirty, invoices: { ...state.invoices, freshUntil: neverFresh } };
      });
      await cache.publish(toStreamKey(organisationId), 'woken');
    } catch (error) {
      // The next round asks for everything that changed since the last one, so the change is not lost.
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
