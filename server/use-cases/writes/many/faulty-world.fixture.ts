import { randomUUID } from 'node:crypto';
import type { Store, WriteRow } from '#server/store/store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import { AppError } from '#shared/app-error.ts';
import type { Engine } from '../engine.fixture.ts';
import type { Made } from './many.fixture.ts';
import type { ManyHandler, RowAnswer } from './many-handler.ts';

/** What happens to one call. `late`: the request arrives after this time, when everybody believes it lost. */
export type Fault = {
  what: 'none' | 'answer_lost' | 'request_lost' | 'late' | 'call_refused' | 'limited' | 'cut_off' | 'row_unread';
  /** Which rows Xero refuses, by their place. */
  refused: readonly number[];
  lateSeconds: number;
};

/** `not_whole`: the search leaves something out. */
export type SearchFault = 'none' | 'not_whole' | 'fails';

/** When a process stops: after so many of its steps. A paused one goes on later. */
export type Stop = { how: 'kill' | 'pause'; after: number };

/** Xero with faults, and processes that may stop at every step. All share one clock. */
export type World = {
  made: (Made & { key: string })[];
  plan(faults: readonly Fault[], searches: readonly SearchFault[]): void;
  startProcess(): Process;
  /** Requests that are on their way arrive at their time. */
  advanceSeconds(seconds: number): void;
};

export type Process = {
  acting: Acting;
  handler: ManyHandler<Made>;
  stopLater(stop: Stop | undefined): void;
  resume(): void;
  /** Ends when the work does, or the process stops. */
  run<T>(work: Promise<T>): Promise<T | 'stopped'>;
  isStopped(): boolean;
  isDead(): boolean;
};

/** Xero remembers a key for so long. No request is on its way longer. */
const rememberedMs = 6 * 60 * 1000;

type Known = { requests: string[]; atMs: number; answer: RowAnswer<Made>[] | AppError };
type Request = { key: string; writes: readonly WriteRow[]; fault: Fault; arrivesAtMs: number };

export function buildWorld(engine: Pick<Engine, 'store' | 'clock' | 'acting' | 'startBeside'>): World {
  const { clock } = engine;
  const made: World['made'] = [];
  const known = new Map<string, Known>();
  const nowMs = () => clock.now().getTime();
  let faults: Fault[] = [];
  let searches: SearchFault[] = [];
  let onTheirWay: Request[] = [];

  function receive({ key, writes, fault }: Omit<Request, 'arrivesAtMs'>): RowAnswer<Made>[] {
    const requests = writes.map(({ request }) => request);
    const earlier = known.get(key);
    const isKnown = earlier !== undefined && nowMs() - earlier.atMs < rememberedMs;
    if (isKnown && earlier.requests.join() !== requests.join()) throw new Error('a key with another request');
    const answer = isKnown ? earlier.answer : answerOf(made, writes, fault);
    if (!isKnown) known.set(key, { requests, atMs: nowMs(), answer });
    if (answer instanceof AppError) throw answer;
    return answer;
  }
  function advanceSeconds(seconds: number): void {
    const endMs = nowMs() + seconds * 1000;
    const due = onTheirWay.filter(({ arrivesAtMs }) => arrivesAtMs <= endMs);
    onTheirWay = onTheirWay.filter((request) => !due.includes(request));
    for (const request of due.toSorted((a, b) => a.arrivesAtMs - b.arrivesAtMs)) {
      clock.advanceSeconds(Math.max(0, request.arrivesAtMs - nowMs()) / 1000);
      tryTo(() => receive(request));
    }
    clock.advanceSeconds(Math.max(0, endMs - nowMs()) / 1000);
  }
  function send(key: string, writes: readonly WriteRow[]): RowAnswer<Made>[] {
    const fault = faults.shift() ?? noFault;
    if (fault.what === 'limited') throw new AppError('xero_rate_limited', { proof: 'not_done' });
    if (fault.what === 'request_lost') throw new AppError('xero_timeout');
    if (fault.what === 'late') {
      onTheirWay.push({ key, writes, fault, arrivesAtMs: nowMs() + fault.lateSeconds * 1000 });
      throw new AppError('xero_timeout');
    }
    return spoil(receive({ key, writes, fault }), fault);
  }
  const service = { made, send, nextSearch: () => searches.shift() ?? ('none' as const) };
  return {
    made,
    plan: (nextFaults, nextSearches) => {
      [faults, searches] = [[...nextFaults], [...nextSearches]];
    },
    startProcess: () => startProcess(engine, service, advanceSeconds),
    advanceSeconds,
  };
}

const noFault: Fault = { what: 'none', refused: [], lateSeconds: 0 };

function answerOf(made: World['made'], writes: readonly WriteRow[], fault: Fault): RowAnswer<Made>[] | AppError {
  if (fault.what === 'call_refused') return new AppError('xero_rejected', { proof: 'refused' });
  return writes.map((write, place): RowAnswer<Made> => {
    if (fault.refused.includes(place)) return { outcome: 'refused', error: new AppError('xero_rejected') };
    const one = { id: randomUUID(), writeId: write.id, name: write.request, key: write.writeKey };
    made.push(one);
    return { outcome: 'done', made: one };
  });
}

/** What becomes of an answer on its way back. */
function spoil(answer: RowAnswer<Made>[], { what }: Fault): RowAnswer<Made>[] {
  if (what === 'answer_lost') throw new AppError('xero_unreachable');
  if (what === 'cut_off') return answer.slice(1);
  if (what !== 'row_unread') return answer;
  const unread = { outcome: 'unknown' as const, error: new AppError('xero_invalid_answer') };
  return [unread, ...answer.slice(1)];
}

function tryTo(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

type Service = {
  made: World['made'];
  send(key: string, writes: readonly WriteRow[]): RowAnswer<Made>[];
  nextSearch(): SearchFault;
};

function startProcess(
  { startBeside, clock }: Pick<Engine, 'startBeside' | 'clock'>,
  service: Service,
  advanceSeconds: World['advanceSeconds'],
): Process {
  const { step, ...stops } = buildStops();
  const acting = startBeside();
  const writes = withSteps(acting.deps.store.writes, step);
  const sleep: typeof clock.sleep = async (ms, signal) => {
    if (signal) return clock.sleep(ms, signal);
    // Who waits for another process's lease lets the time pass, so that the test need not.
    advanceSeconds(ms / 1000);
    // Real time: the other process takes its turn.
    await new Promise((resolve) => setImmediate(resolve));
  };
  const deps = { ...acting.deps, clock: { ...clock, sleep }, store: { ...acting.deps.store, writes } };
  return { acting: { ...acting, deps }, handler: buildHandler(service, step), ...stops };
}

/** Before and after each step, the process may stop. Nothing of a stopped process goes on. */
function buildStops() {
  let left: Stop | undefined;
  let isDead = false;
  let paused: Promise<void> | undefined;
  let resume = (): void => undefined;
  let onStop: Promise<'stopped'>;
  let tellStop = (): void => undefined;
  const stop = ({ how }: Stop): void => {
    isDead = how === 'kill';
    paused = new Promise((resolve) => {
      resume = () => {
        if (isDead) return;
        paused = undefined;
        resolve();
      };
    });
    tellStop();
  };
  return {
    step: async (): Promise<void> => {
      if (left && left.after-- <= 0) {
        const now = left;
        left = undefined;
        stop(now);
      }
      await paused;
    },
    stopLater: (next: Stop | undefined): void => {
      left = next && { ...next };
      onStop = new Promise((resolve) => {
        tellStop = () => resolve('stopped');
      });
    },
    resume: () => resume(),
    run: <T>(work: Promise<T>): Promise<T | 'stopped'> => Promise.race([work, onStop]),
    isStopped: () => paused !== undefined,
    isDead: () => isDead,
  };
}

function withSteps(writes: Store['writes'], step: () => Promise<void>): Store['writes'] {
  return new Proxy(writes, {
    get: (target, name: keyof Store['writes']) => {
      const ask = target[name] as (...args: unknown[]) => Promise<unknown>;
      return async (...args: unknown[]) => {
        await step();
        const answer = await ask(...args);
        await step();
        return answer;
      };
    },
  });
}

function buildHandler(service: Service, step: () => Promise<void>): ManyHandler<Made> {
  return {
    action: 'sync_create',
    about: () => ({}),
    send: async (writes, { caller, idempotencyKey }) => {
      const mayLeave = await caller.gate?.();
      await step();
      if (!mayLeave?.()) throw new AppError('xero_unreachable', { proof: 'not_done' });
      const answer = tryAnswer(() => service.send(idempotencyKey, writes));
      await step();
      if (answer instanceof AppError) throw answer;
      return answer;
    },
    find: async (writes) => {
      await step();
      const fault = service.nextSearch();
      if (fault === 'fails') throw new AppError('xero_timeout');
      const isWhole = fault === 'none';
      return new Map(
        writes.map(({ id }) => [
          id,
          { made: service.made.filter(({ writeId }) => isWhole && writeId === id), isWhole, isCertain: true },
        ]),
      );
    },
    toEnd: (_write, made) => ({ result: JSON.stringify(made), documentId: made.id, about: {} }),
    parse: (result) => JSON.parse(result),
  };
}

function tryAnswer(work: () => RowAnswer<Made>[]): RowAnswer<Made>[] | AppError {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
