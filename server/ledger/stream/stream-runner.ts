import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Cache } from '#server/cache/cache.ts';
import type { Clock } from '#server/clock.ts';
import type { Log } from '#server/deps.ts';
import { everyRealMs } from '#server/every-real-ms.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { runRound } from './change-round.ts';
import { allTracks, findDueMs, moneyTracks } from './pace.ts';
import { runSideRound, type SideRoundDeps } from './side-round.ts';
import { buildSleeper, type Sleeper } from './sleeper.ts';

/** How long the stream keeps running after the last view. */
const viewedForMs = 90 * 1000;
/** If a process dies, its lock blocks the others for this long. A running process renews it. */
const lockMs = 20 * 1000;
/** How often a stream with nothing loaded checks whether there is something now. */
const idleMs = 60 * 1000;

/** The last viewer's workspace and time. The stream calls Xero through that workspace's connection. */
const lastViewerSchema = z.object({ at: z.string(), workspaceId: z.string() });

export type RunnerDeps = SideRoundDeps & {
  cache: Pick<Cache, 'get' | 'set' | 'lock' | 'extend' | 'unlock' | 'subscribe'>;
  clock: Clock;
  log: Log;
};

export type StreamRunners = {
  /** Runs the organisation's stream in this process, unless this or another process already runs it. */
  start(organisationId: string): Promise<void>;
  untilIdle(): Promise<void>;
  stop(): Promise<void>;
};

export function toLastViewerKey(organisationId: string): string {
  return `stream:${organisationId}:lastViewer`;
}

export function toStreamKey(organisationId: string): string {
  return `stream:${organisationId}`;
}

export async function findLastViewer({ cache, clock }: Pick<RunnerDeps, 'cache' | 'clock'>, organisationId: string) {
  const text = await cache.get(toLastViewerKey(organisationId));
  const viewer = text === undefined ? undefined : lastViewerSchema.parse(JSON.parse(text));
  const nowMs = clock.now().getTime();
  // If our clock was set back, the recorded time may be in the future. The cache entry expires in time.
  const untilMs = viewer ? Math.min(Date.parse(viewer.at), nowMs) + viewedForMs : 0;
  return viewer && untilMs >= nowMs ? { ...viewer, untilMs } : undefined;
}

/** Runs one stream per organisation, across all processes. It holds a lock and runs while somebody is viewing. */
export function buildStreamRunners(deps: RunnerDeps): StreamRunners {
  const owner = randomUUID();
  const ending = new AbortController();
  const sleeper = buildSleeper(deps.clock, ending.signal);
  const asides = buildAsides(sleeper);
  const running = new Map<string, Promise<void>>();

  async function hold(organisationId: string): Promise<void> {
    const key = toStreamKey(organisationId);
    if (!(await deps.cache.lock(key, owner, lockMs))) return;
    let isHeld = true;
    const lose = () => {
      isHeld = false;
      sleeper.wake(organisationId);
    };
    const renew = () => deps.cache.extend(key, owner, lockMs).then((isMine) => isMine || lose(), lose);
    const stopRenewing = everyRealMs(lockMs / 3, () => void renew());
    try {
      const mayGoOn = () => isHeld && !ending.signal.aborted;
      await listen({ ...deps, sleeper, asides, mayGoOn }, organisationId, ending.signal);
    } finally {
      stopRenewing();
      await deps.cache.unlock(key, owner).catch(() => undefined);
    }
    // A viewer who arrived during unlock could not start a stream, so check again.
    if (!ending.signal.aborted && (await findLastViewer(deps, organisationId))) await hold(organisationId);
  }

  async function start(organisationId: string): Promise<void> {
    if (running.has(organisationId) || ending.signal.aborted) return;
    const run = hold(organisationId)
      .catch((error: unknown) => deps.log.warn({ err: error, organisationId }, 'the change stream ended with an error'))
      .finally(() => {
        running.delete(organisationId);
        sleeper.leave(organisationId);
      });
    sleeper.rouse(organisationId);
    running.set(organisationId, run);
  }

  return {
    start,
    async untilIdle() {
      await sleeper.untilIdle();
      while (asides.areBusy()) {
        await asides.untilIdle();
        await sleeper.untilIdle();
      }
    },
    async stop() {
      ending.abort();
      await Promise.all(running.values());
      await asides.untilIdle();
    },
  };
}

type Listening = RunnerDeps & { sleeper: Sleeper; asides: Asides; mayGoOn: () => boolean };

async function listen(deps: Listening, organisationId: string, signal: AbortSignal): Promise<void> {
  const { sleeper, asides } = deps;
  const stopListening = await deps.cache.subscribe(toStreamKey(organisationId), () => sleeper.wake(organisationId));
  try {
    while (deps.mayGoOn()) {
      const viewer = await findLastViewer(deps, organisationId);
      if (!viewer) return;
      const state = await deps.states.read(organisationId);
      const nowMs = deps.clock.now().getTime();
      // Only one side round runs at a time. When it ends, it wakes this loop.
      const tracks = asides.isBusy(organisationId) ? moneyTracks : allTracks;
      const dueMs = state ? findDueMs(state, tracks, nowMs) : nowMs + idleMs;
      if (!state || dueMs > nowMs) {
        await sleeper.sleepUntil(organisationId, Math.min(dueMs, viewer.untilMs + 1));
        continue;
      }
      const { workspaceId } = viewer;
      const caller: XeroCaller = { workspaceId, organisationId, priority: 'stream', signal };
      const round = await runRound(deps, caller, state);
      if (round) asides.start(organisationId, () => runSideRound(deps, round));
    }
  } finally {
    await stopListening().catch(() => undefined);
  }
}

type Asides = ReturnType<typeof buildAsides>;

/** Side rounds, one at a time per organisation. `work` must not reject. */
function buildAsides(sleeper: Pick<Sleeper, 'wake'>) {
  const running = new Map<string, Promise<void>>();
  return {
    isBusy: (organisationId: string) => running.has(organisationId),
    areBusy: () => running.size > 0,
    start(organisationId: string, work: () => Promise<void>): void {
      if (running.has(organisationId)) return;
      const run = work().finally(() => {
        running.delete(organisationId);
        sleeper.wake(organisationId);
      });
      running.set(organisationId, run);
    },
    untilIdle: async (): Promise<void> => {
      await Promise.all(running.values());
    },
  };
}
