import type { Admission, GovernorState } from '#server/cache/cache.ts';
import type { Clock } from '#server/clock.ts';
import { AppError } from '#shared/app-error.ts';
import { longestWaitMs, type Priority, toLimits } from './governor-policy.ts';
import type { Wait } from './xero-config.ts';

type Refusal = Exclude<Admission, { isAdmitted: true }>;
type Waiter = {
  priority: Priority;
  untilMs: number;
  admit: (slot: string) => void;
  refuse: (error: unknown) => void;
};
type Queue = { waiters: Waiter[]; alarm: AbortController };

export type GovernorQueue = {
  /** Answers the slot. Rejects with xero_rate_limited, xero_day_limit, or xero_timeout when the signal ends it. */
  enter(place: { organisationId: string; priority: Priority; signal?: AbortSignal }): Promise<string>;
  /** A slot is free: whoever stands first need not wait out the time. */
  wake(organisationId: string): void;
};

type Deps = { state: GovernorState; clock: Pick<Clock, 'now'>; wait: Wait; dailyCalls: number };

/** Who waits in this process, first come first served, people before background; one of them asks for all. */
export function buildGovernorQueue({ state, clock, wait, dailyCalls }: Deps): GovernorQueue {
  const queues = new Map<string, Queue>();
  const nowMs = () => clock.now().getTime();

  async function serve(organisationId: string, queue: Queue): Promise<void> {
    for (let head = findHead(queue); head; head = findHead(queue)) {
      // Before the counts are asked: who comes meanwhile must not be slept over.
      queue.alarm = new AbortController();
      const admission = await state.tryEnter(organisationId, nowMs(), toLimits(dailyCalls, head.priority));
      if (admission.isAdmitted) await give(organisationId, queue, head.priority, admission.slot);
      else await keepWaiting(queue, head, admission);
    }
    queues.delete(organisationId);
  }

  /** Waiters come and go while the counts are asked: people first, but what a person was given is for people only. */
  async function give(organisationId: string, queue: Queue, asked: Priority, slot: string): Promise<void> {
    const head = findHead(queue);
    const taker = head?.priority === 'person' || asked === 'background' ? head : undefined;
    if (!taker) return state.leave(organisationId, slot, nowMs());
    remove(queue, taker);
    taker.admit(slot);
  }

  async function keepWaiting(queue: Queue, head: Waiter, refusal: Refusal): Promise<void> {
    const now = nowMs();
    const readyMs = 'untilMs' in refusal ? refusal.untilMs : now + refusal.waitMs;
    const isHopeless = ({ untilMs }: Waiter) => untilMs < (refusal.reason === 'in_flight' ? now : readyMs);
    // What holds a person up holds background up too, not the other way round.
    const concerned = queue.waiters.filter(({ priority }) => head.priority === 'person' || priority === 'background');
    const hopeless = concerned.filter((waiter) => 'untilMs' in refusal || isHopeless(waiter));
    for (const waiter of hopeless) {
      remove(queue, waiter);
      waiter.refuse(toWaitError(refusal.reason, readyMs - now));
    }
    if (hopeless.length === 0) await rest(queue, readyMs - now);
  }

  async function rest({ alarm: { signal } }: Queue, ms: number): Promise<void> {
    await wait(Math.max(1, ms), signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  function enqueue(organisationId: string, waiter: Waiter): Queue {
    const known = queues.get(organisationId);
    const queue = known ?? { waiters: [], alarm: new AbortController() };
    queues.set(organisationId, queue);
    queue.waiters.push(waiter);
    if (known) known.alarm.abort();
    else serve(organisationId, queue).catch((error: unknown) => abandon(organisationId, queue, error));
    return queue;
  }

  function abandon(organisationId: string, queue: Queue, error: unknown): void {
    queues.delete(organisationId);
    for (const waiter of queue.waiters.splice(0)) waiter.refuse(error);
  }

  return {
    wake: (organisationId) => queues.get(organisationId)?.alarm.abort(),
    enter: ({ organisationId, priority, signal }) =>
      new Promise((admit, refuse) => {
        const asked = { priority, untilMs: nowMs() + longestWaitMs[priority], admit, refuse };
        const waiter = atEnd(asked, () => signal?.removeEventListener('abort', onAbort));
        if (signal?.aborted) return refuse(cancelled());
        const queue = enqueue(organisationId, waiter);
        const onAbort = () => leave(queue, waiter);
        signal?.addEventListener('abort', onAbort, { once: true });
      }),
  };
}

/** A signal may outlive many waits: none of them stays behind on it. */
function atEnd(waiter: Waiter, forget: () => void): Waiter {
  return {
    ...waiter,
    admit: (slot) => {
      forget();
      waiter.admit(slot);
    },
    refuse: (error) => {
      forget();
      waiter.refuse(error);
    },
  };
}

function findHead({ waiters }: Queue): Waiter | undefined {
  return waiters.find(({ priority }) => priority === 'person') ?? waiters[0];
}

function remove(queue: Queue, waiter: Waiter): boolean {
  const at = queue.waiters.indexOf(waiter);
  if (at >= 0) queue.waiters.splice(at, 1);
  return at >= 0;
}

function leave(queue: Queue, waiter: Waiter): void {
  if (remove(queue, waiter)) waiter.refuse(cancelled());
  queue.alarm.abort();
}

function cancelled(): AppError {
  return new AppError('xero_timeout', { detail: 'Nobody waited for the answer any more' });
}

/** At least a second, so that a countdown has something to count. */
function toWaitError(reason: Refusal['reason'], waitMs: number): AppError {
  const code = reason === 'day' ? 'xero_day_limit' : 'xero_rate_limited';
  return new AppError(code, { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) });
}
