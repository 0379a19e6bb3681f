import type { GovernorLimits, GovernorRemaining } from '#server/cache/cache.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';

export type Priority = XeroCaller['priority'];

/** A call that waits for a slot: its organisation, its priority, and a signal that ends the wait. */
export type CallSlot = { organisationId: string; priority: Priority; signal?: AbortSignal };

/** The order in which waiting calls are served. */
export const inOrder = ['stream', 'person', 'background', 'sync'] as const satisfies readonly Priority[];

/** Xero's limits for one organisation and one app (source: developer.xero.com, API limits). */
const xeroLimits = { inFlight: 5, perMinute: 60 } as const;

/**
 * Reserved for the change stream: one call in flight, and enough calls per minute for its rounds and some webhooks. Its
 * calls keep everybody's figures fresh, so they never wait behind the contacts that people open.
 */
const forStream = { inFlight: 1, perMinute: 6 } as const;

/** The limits of background work. They apply to all calls together, so background work waits while others use more. */
const forBackground = { inFlight: 3, perMinute: 30, shareOfDay: 0.8 } as const;

/**
 * The limits of sync, which also apply to all calls together. People keep two calls in flight that sync never takes,
 * half of the minute and a quarter of the day.
 */
const forSync = { inFlight: 2, perMinute: 30, shareOfDay: 0.75 } as const;

export function toXeroLimits(dailyCalls: number): GovernorLimits {
  return { ...xeroLimits, perDay: dailyCalls };
}

/**
 * The most that all calls together may use when this call starts. Background work leaves a fifth of the day, half of
 * the minute and two calls in flight to waiting people. Sync leaves more of the day, and a call in flight to background
 * work. People leave a slot to the change stream, which is limited by its own pace.
 */
export function toLimits(dailyCalls: number, priority: Priority): GovernorLimits {
  const { inFlight, perMinute } = xeroLimits;
  switch (priority) {
    case 'stream':
      return toXeroLimits(dailyCalls);
    case 'person':
      return {
        inFlight: inFlight - forStream.inFlight,
        perMinute: perMinute - forStream.perMinute,
        perDay: dailyCalls,
      };
    case 'background':
      return toShare(dailyCalls, forBackground);
    case 'sync':
      return toShare(dailyCalls, forSync);
  }
}

type Share = { inFlight: number; perMinute: number; shareOfDay: number };

function toShare(dailyCalls: number, { shareOfDay, ...atOnce }: Share): GovernorLimits {
  return { ...atOnce, perDay: Math.floor(dailyCalls * shareOfDay) };
}

/**
 * While the shared counts are unavailable, processes do not know of each other, so each uses a fifth of the limits, and
 * at least one call. No change stream runs then, so nothing is reserved for it.
 */
export function toFallbackLimits(dailyCalls: number, priority: Priority): GovernorLimits {
  const fifth = (count: number) => Math.max(1, Math.floor(count / 5));
  const hasShare = priority === 'background' || priority === 'sync';
  const limits = hasShare ? toLimits(dailyCalls, priority) : toXeroLimits(dailyCalls);
  return { inFlight: fifth(limits.inFlight), perMinute: fifth(limits.perMinute), perDay: fifth(limits.perDay) };
}

/** A fifth of what is left by Xero's headers, which count the calls of all processes. */
export function toFifth({ day, minute }: GovernorRemaining): GovernorRemaining {
  const fifth = (count: number) => Math.floor(count / 5);
  return { ...(day !== undefined && { day: fifth(day) }), ...(minute !== undefined && { minute: fifth(minute) }) };
}

/** The longest wait in the queue before a call is told to come back. A rolling minute is never exceeded. */
export const longestWaitMs: Readonly<Record<Priority, number>> = {
  stream: 65_000,
  person: 8_000,
  background: 65_000,
  sync: 65_000,
};
