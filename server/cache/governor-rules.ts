/**
 * The numbers both governors keep to, in milliseconds. The Redis one has the same rules in Lua; one test suite runs
 * on both.
 */

/**
 * A rolling minute and a second: a call counts for Xero when it arrives, and one that was slow on its way must not
 * share a minute of Xero's with more than its own minute's calls.
 */
export const windowMs = 61_000;

/** After this long a slot that was never given back belongs to a process that died. */
export const slotLapseMs = 120_000;

/** How soon to ask again for a slot in flight: another process gives it back without telling. */
export const slotWaitMs = 100;

export const dayMs = 24 * 60 * 60 * 1_000;
