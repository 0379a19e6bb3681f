/**
 * Data that may be lost at any time; losing it only costs calls to Xero. Two implementations share one test suite:
 * memory (one process) and Redis. While Redis is unavailable, every call rejects at once with `unavailable` and nothing
 * queues; the caller decides what that means. A Redis that hangs counts as unavailable after the first call without an
 * answer within two seconds.
 */
export interface Cache {
  get(key: string): Promise<string | undefined>;
  /** All values at one moment, in the order of `keys`; one round trip. */
  getMany(keys: readonly string[]): Promise<(string | undefined)[]>;
  set(key: string, value: string, ttlSeconds: number): Promise<void>;
  /**
   * Compare-and-set: sets all `entries` in one step if `guard.key` still holds `guard.value` (undefined: no value).
   * Otherwise sets none and returns false, so that a read-change-write never overwrites another one's change.
   */
  setIf(guard: CacheGuard, entries: readonly CacheEntry[], ttlSeconds: number): Promise<boolean>;
  delete(key: string): Promise<void>;
  /**
   * True for one owner over all processes, until `unlock` or until `ttlMs` have passed. The same owner may lock again:
   * when Redis hangs, a lock may have been taken although the answer was lost.
   */
  lock(key: string, owner: string, ttlMs: number): Promise<boolean>;
  /** Extends the owner's lock to `ttlMs` from now. Returns false when it has expired or belongs to another owner. */
  extend(key: string, owner: string, ttlMs: number): Promise<boolean>;
  /** Removes the lock only if `owner` holds it. */
  unlock(key: string, owner: string): Promise<void>;
  publish(channel: string, message: string): Promise<void>;
  /** Receives messages of all processes, including this one. Returns a function that stops it. */
  subscribe(channel: string, listener: (message: string) => void): Promise<() => Promise<void>>;
  /**
   * Calls the listener when messages may be lost from now on, so that it asks for the state itself. Returns a function
   * that stops it.
   */
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
  /** Ask again after this many milliseconds, or when a slot is released. */
  | { isAdmitted: false; reason: 'in_flight' | 'minute'; waitMs: number }
  /**
   * No call is admitted before this instant (milliseconds since 1970). `day`: by our count, the requested daily budget
   * is used up. `paused_…`: Xero asked us to wait.
   */
  | { isAdmitted: false; reason: 'day' | 'paused_minute' | 'paused_day'; untilMs: number };

/**
 * The counts behind the governor, kept per organisation across all processes. `nowMs` is the caller's clock. If that
 * clock is set back, nobody waits longer: anything noted more than a minute ahead of it counts as noted now. A day is a
 * UTC day until Xero's headers say what is left (`correct`).
 */
export interface GovernorState {
  tryEnter(organisationId: string, nowMs: number, limits: GovernorLimits): Promise<Admission>;
  /**
   * Releases a slot. The slots of a process that died expire 20 seconds after its last heartbeat. The call counts in the rolling minute
   * from here on: Xero counts it on arrival, which was between its start and now.
   */
  leave(organisationId: string, slot: string, nowMs: number): Promise<void>;
  /** Records that Xero asked us to wait. Never shortens a longer pause. */
  pause(organisationId: string, nowMs: number, wait: { forMs: number; reason: 'minute' | 'day' }): Promise<void>;
  /**
   * Corrects the counts from Xero's X-DayLimit-Remaining and X-MinLimit-Remaining headers. Only ever lowers what is
   * left.
   */
  correct(organisationId: string, nowMs: number, remaining: GovernorRemaining, limits: GovernorLimits): Promise<void>;
  usage(organisationId: string, nowMs: number): Promise<{ callsToday: number; pausedUntilMs: number | null }>;
}

export type GovernorRemaining = { day?: number; minute?: number };
