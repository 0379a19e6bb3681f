/**
 * What may be lost at any time at the cost of calls to Xero. Two implementations, one test suite: memory (one process)
 * and Redis. While Redis is away every call rejects at once with `unavailable` (nothing queues); who calls decides what
 * that means. A Redis that hangs is away too, from the first call that is not answered within two seconds.
 */
export interface Cache {
  get(key: string): Promise<string | undefined>;
  /** As they stood at one moment, in the order asked for; one round trip. */
  getMany(keys: readonly string[]): Promise<(string | undefined)[]>;
  set(key: string, value: string, ttlSeconds: number): Promise<void>;
  /**
   * Sets all of `entries` in one step if `guard.key` still holds `guard.value` (undefined: nothing), else none of them
   * and answers false: who has read, changed and writes back never takes another's change away.
   */
  setIf(guard: CacheGuard, entries: readonly CacheEntry[], ttlSeconds: number): Promise<boolean>;
  delete(key: string): Promise<void>;
  /**
   * True for one owner over all processes until `unlock` or until `ttlMs` have passed. The owner itself may ask again:
   * where Redis hangs, a lock may be taken whose taking was never heard of.
   */
  lock(key: string, owner: string, ttlMs: number): Promise<boolean>;
  /** Gives the owner's running lock another `ttlMs` from now; false when it has lapsed or is another's. */
  extend(key: string, owner: string, ttlMs: number): Promise<boolean>;
  /** Only the owner's lock is taken away. */
  unlock(key: string, owner: string): Promise<void>;
  publish(channel: string, message: string): Promise<void>;
  /** Hears messages of all processes, this one's too; answers how to stop. */
  subscribe(channel: string, listener: (message: string) => void): Promise<() => Promise<void>>;
  /** Tells that messages may be lost from now on, until the listener has asked for itself; answers how to stop. */
  onInterrupted(listener: () => void): () => void;
  governor: GovernorState;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export type CacheGuard = { key: string; value: string | undefined };
export type CacheEntry = readonly [key: string, value: string];

export type GovernorLimits = { inFlight: number; perMinute: number; perDay: number };

export type Admission =
  | { isAdmitted: true; slot: string }
  /** Ask again after so many milliseconds, or when a slot is given back. */
  | { isAdmitted: false; reason: 'in_flight' | 'minute'; waitMs: number }
  /**
   * Nobody gets in before this instant (milliseconds since 1970). `day`: the day's calls that were asked for are used
   * up, by our counts. `paused_…`: Xero itself asked to wait.
   */
  | { isAdmitted: false; reason: 'day' | 'paused_minute' | 'paused_day'; untilMs: number };

/**
 * The counts behind the governor, kept per organisation over all processes. `nowMs` is the caller's clock. A clock that
 * is set back holds nobody up: what was noted more than a minute ahead of it counts as noted now.
 * A day is a UTC day until Xero's headers say what is left (`correct`).
 */
export interface GovernorState {
  tryEnter(organisationId: string, nowMs: number, limits: GovernorLimits): Promise<Admission>;
  /**
   * Gives a slot back; the slots of a process that died lapse within 25 seconds. The call counts in the minute from
   * here: Xero counted it when it arrived, which was somewhere between its beginning and now.
   */
  leave(organisationId: string, slot: string, nowMs: number): Promise<void>;
  /** Xero asked to wait. Never shortens a longer pause. */
  pause(organisationId: string, nowMs: number, wait: { forMs: number; reason: 'minute' | 'day' }): Promise<void>;
  /** From Xero's X-DayLimit-Remaining and X-MinLimit-Remaining: only ever makes the counts more careful. */
  correct(organisationId: string, nowMs: number, remaining: GovernorRemaining, limits: GovernorLimits): Promise<void>;
  usage(organisationId: string, nowMs: number): Promise<{ callsToday: number; pausedUntilMs: number | null }>;
}

export type GovernorRemaining = { day?: number; minute?: number };
