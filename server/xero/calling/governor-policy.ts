import type { GovernorLimits, GovernorRemaining } from '#server/cache/cache.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';

export type Priority = XeroCaller['priority'];

/** A call that wants to be made: for whom, how urgent, and what ends the wait for a slot. */
export type CallSlot = { organisationId: string; priority: Priority; signal?: AbortSignal };

/** Who comes first where several wait. */
export const inOrder = ['stream', 'person', 'background'] as const satisfies readonly Priority[];

/** Xero's own limits for one organisation and one app (source: developer.xero.com, API limits). */
const xeroLimits = { inFlight: 5, perMinute: 60 } as const;

/**
 * Nobody but the change stream may use these: one call in flight, and of each minute what its rounds and some webhooks
 * need. Its one call keeps everybody's figures fresh; however many new contacts people open, it is never behind them.
 */
const forStream = { inFlight: 1, perMinute: 6 } as const;

/** What is left to background while people and the stream use less than this: all calls count, whoever made them. */
const forBackground = { inFlight: 3, perMinute: 30, shareOfDay: 0.8 } as const;

export function toXeroLimits(dailyCalls: number): GovernorLimits {
  return { ...xeroLimits, perDay: dailyCalls };
}

/**
 * What all calls together may amount to when this one begins. Background leaves a fifth of the day, half of the minute
 * and two calls in flight to people who wait; people leave a slot to the change stream, whose pace is its own limit.
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
    case 'background': {
      const { shareOfDay, ...atOnce } = forBackground;
      return { ...atOnce, perDay: Math.floor(dailyCalls * shareOfDay) };
    }
  }
}

/**
 * While the shared counts are away no process knows of the others: each takes a fifth, at least one of each. No change
 * stream runs then, so that nothing is kept for it.
 */
export function toFallbackLimits(dailyCalls: number, priority: Priority): GovernorLimits {
  const fifth = (count: number) => Math.max(1, Math.floor(count / 5));
  const limits = priority === 'background' ? toLimits(dailyCalls, priority) : toXeroLimits(dailyCalls);
  return { inFlight: fifth(limits.inFlight), perMinute: fifth(limits.perMinute), perDay: fifth(limits.perDay) };
}

/** A fifth of what Xero says is left, over all processes, for the one that hears it. */
export function toFifth({ day, minute }: GovernorRemaining): GovernorRemaining {
  const fifth = (count: number) => Math.floor(count / 5);
  return { ...(day !== undefined && { day: fifth(day) }), ...(minute !== undefined && { minute: fifth(minute) }) };
}

/** How long one may stand in the queue before being told to come back. A rolling minute is all that can be needed. */
export const longestWaitMs: Readonly<Record<Priority, number>> = {
  stream: 65_000,
  person: 8_000,
  background: 65_000,
};
