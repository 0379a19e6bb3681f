import type { GovernorLimits } from '#server/cache/cache.ts';
import type { XeroCaller } from './gateway.ts';

export type Priority = XeroCaller['priority'];

/** Xero's own limits for one organisation and one app (source: xero.md, Limits and cost). */
const xeroLimits = { inFlight: 5, perMinute: 60 } as const;

export function toXeroLimits(dailyCalls: number): GovernorLimits {
  return { ...xeroLimits, perDay: dailyCalls };
}

/** Background work leaves a fifth of the day, half of the minute and two calls in flight to people who wait. */
export function toLimits(dailyCalls: number, priority: Priority): GovernorLimits {
  const limits = toXeroLimits(dailyCalls);
  if (priority === 'person') return limits;
  return { inFlight: 3, perMinute: 30, perDay: Math.floor(dailyCalls * 0.8) };
}

/** While the shared counts are away no process knows of the others: each takes a fifth, at least one of each. */
export function toFallbackLimits(limits: GovernorLimits): GovernorLimits {
  const fifth = (count: number) => Math.max(1, Math.floor(count / 5));
  return { inFlight: fifth(limits.inFlight), perMinute: fifth(limits.perMinute), perDay: fifth(limits.perDay) };
}

/** A fifth of what Xero says is left, over all processes, for the one that hears it. */
export function toFifth({ day, minute }: { day?: number; minute?: number }): { day?: number; minute?: number } {
  const fifth = (count: number) => Math.floor(count / 5);
  return { ...(day !== undefined && { day: fifth(day) }), ...(minute !== undefined && { minute: fifth(minute) }) };
}

/** How long one may stand in the queue before being told to come back. A rolling minute is all background needs. */
export const longestWaitMs: Readonly<Record<Priority, number>> = { person: 8_000, background: 65_000 };
