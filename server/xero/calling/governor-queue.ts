import type { Admission } from '#server/cache/cache.ts';
import type { Clock } from '#server/clock.ts';
import { AppError } from '#shared/app-error.ts';
import type { ErrorCode } from '#shared/error-catalogue.ts';
import { type CallSlot, inOrder, longestWaitMs, type Priority } from './governor-policy.ts';
import type { CallCounts } from './governor-state.ts';
import type { Wait } from './xero-config.ts';

type Refusal = Exclude<Admission, { isAdmitted: true }>;
type Waiter = {
  priority: Priority;
  /** By the steady clock. */
  untilMs: number;
  admit: (slot: string) => void;
  refuse: (error: unknown) => void;
};
type Queue = { waiters: Waiter[]; alarm: AbortController };

export type GovernorQueue = {
  /** Resolves with the slot. Rejects like `XeroGovernor.run`, or with xero_timeout when the signal aborts. */
  enter(wanted: CallSlot): Promise<string>;
  /** Call when a slot is released: the first in the queue then tries at once. */
  wake(organisationId: string): void;
};

type Deps = { counts: CallCounts; clock: Pick<Clock, 'now' | 'steadyMs'>; wait: Wait };

/**
 * The queue of this process: first the stream, then people, background work and sync, each in order of arrival. Only
 * the first in the queue asks for a slot.
 */
export function buildGovernorQueue({ counts, clock, wait }: Deps): GovernorQueue {
  const queues = new Map<string, Queue>();
  const nowMs = () => clock.now().getTime();

  async function serve(organisationId: string, queue: Queue): Promise<void> {
    for (let head = findHead(queue); head; head = findHead(queue)) {
      // Set before asking for a slot, so that a caller that arrives meanwhile can end the sleep.
      queue.alarm = new AbortController();
      const admission = await counts.tryEnter(organisationId, nowMs(), head.priority);
      if (admission.isAdmitted) await give(organisationId, queue, head.priority, admission.slot);
      else await keepWaiting(queue, head, admission);
    }
    queues.delete(organisationId);
  }

  /**
   * The queue may change while a slot is requested. The slot then goes to the first waiter of the same or a higher
   * priority.
   */
  async function give(organisationId: string, queue: Queue, asked: Priority, slot: string): Promise<void> {
    const taker = findHead(queue);
    if (!taker || comesBefore(asked, taker.priority)) return counts.leave(organisationId, slot, nowMs());
    remove(queue, taker);
    taker.admit(slot);
  }

  async function keepWaiting(queue: Queue, head: Waiter, refusal: Refusal): Promise<void> {
    const waitMs = 'untilMs' in refusal ? refusal.untilMs - nowMs() : refusal.waitMs;
    const steadyMs = clock.steadyMs();
    const readyMs = refusal.reason === 'in_flight' ? steadyMs : steadyMs + waitMs;
    // A limit that delays one waiter also delays those of lower priority, but not those of higher priority.
    const concerned = queue.waiters.filter(({ priority }) => !comesBefore(priority, head.priority));
    const hopeless = concerned.filter(({ untilMs }) => 'untilMs' in refusal || untilMs < readyMs);
    for (const waiter of hopeless) {
      remove(queue, waiter);
      waiter.refuse(toWaitError(refusal.reason, waitMs, waiter.priority));
    }
    if (hopeless.length === 0) await rest(queue, waitMs);
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
        const asked = { priority, untilMs: clock.steadyMs() + longestWaitMs[priority], admit, refuse };
        const waiter = atEnd(asked, () => signal?.removeEventListener('abort', onAbort));
        if (signal?.aborted) return refuse(cancelled());
        const queue = enqueue(organisationId, waiter);
        const onAbort = () => leave(queue, waiter);
        signal?.addEventListener('abort', onAbort, { once: true });
      }),
  };
}

/** A signal may outlive many waits, so each wait removes its listener. */
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

function comesBefore(one: Priority, other: Priority): boolean {
  return inOrder.indexOf(one) < inOrder.indexOf(other);
}

function findHead({ waiters }: Queue): Waiter | undefined {
  const heads = inOrder.map((wanted) => waiters.find(({ priority }) => priority === wanted));
  return heads.find((waiter) => waiter !== undefined);
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
  return new AppError('xero_timeout', { detail: 'The caller no longer waits for the answer' });
}

/** At least a second, so that a countdown has something to show. */
function toWaitError(reason: Refusal['reason'], waitMs: number, priority: Priority): AppError {
  return new AppError(toWaitCode(reason, priority), { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) });
}

/**
 * Uses Xero's codes only for limits that Xero announced. Our own pacing has a code of its own. For sync, its share of
 * the day is the whole day: nothing goes before the next one.
 */
function toWaitCode(reason: Refusal['reason'], priority: Priority): ErrorCode {
  if (reason === 'paused_minute') return 'xero_rate_limited';
  if (reason === 'paused_day') return 'xero_day_limit';
  // Background work stops before the day's budget is used up; the rest is kept for people.
  return reason === 'day' && priority !== 'background' ? 'xero_day_limit' : 'calls_paced';
}
