import { LRUCache } from 'lru-cache';
import type { Cache } from '#server/cache/cache.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { buildStreamRunners, findLook, type RunnerDeps, toLookKey, toStreamKey } from './stream-runner.ts';

/** Keeps every loaded contact of an organisation fresh while somebody looks, over all processes. */
export type ChangeStream = {
  /** Somebody looks (a view was answered, an events stream beats): the organisation's stream runs for 90 s more. */
  look(caller: XeroCaller): Promise<void>;
  /** A webhook came: wakes the stream (at most every 2 s), or marks the organisation dirty when nobody looks. Fetches nothing itself. */
  wake(organisationId: string): Promise<void>;
  /** Waits until what is due in this process is done. */
  settle(): Promise<void>;
  stop(): Promise<void>;
};

/** Looks come with every view; a process says so this often at most. */
const lookEveryMs = 10 * 1000;
const keepLookSeconds = 180;

type StreamDeps = Omit<RunnerDeps, 'cache'> & { cache: RunnerDeps['cache'] & Pick<Cache, 'publish'> };

export function buildChangeStream(deps: StreamDeps): ChangeStream {
  const { cache, clock, states } = deps;
  const runners = buildStreamRunners(deps);
  const looks = new LRUCache<string, number>({ max: 10_000 });

  async function look({ organisationId, workspaceId }: XeroCaller): Promise<void> {
    const steadyMs = clock.steadyMs();
    const name = `${organisationId}:${workspaceId}`;
    if (steadyMs - (looks.get(name) ?? Number.NEGATIVE_INFINITY) < lookEveryMs) return;
    looks.set(name, steadyMs);
    const mark = JSON.stringify({ at: clock.now().toISOString(), workspaceId });
    // Without the cache there is nothing to keep fresh.
    await cache.set(toLookKey(organisationId), mark, keepLookSeconds).catch(() => undefined);
    await runners.start(organisationId);
  }

  async function wake(organisationId: string): Promise<void> {
    try {
      const isLookedAt = (await findLook(deps, organisationId)) !== undefined;
      await states.change(organisationId, (state) => {
        if (!state || (state.dirtyAt !== null && isLookedAt)) return state;
        const dirty = { ...state, dirtyAt: state.dirtyAt ?? clock.now().toISOString() };
        // Nobody asks now: who looks next is told that the figures may be old.
        return isLookedAt ? dirty : { ...dirty, invoices: { ...state.invoices, freshUntil: neverFresh } };
      });
      await cache.publish(toStreamKey(organisationId), 'woken');
    } catch (error) {
      // The next round asks for all that changed since the last one, whoever was told of it.
      deps.log.warn({ err: error, organisationId }, 'a webhook could not wake the change stream');
    }
  }

  return {
    look,
    wake,
    settle: runners.settle,
    stop: runners.stop,
  };
}

const neverFresh = new Date(0).toISOString();
