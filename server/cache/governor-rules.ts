/**
 * The numbers both governors keep to, in milliseconds. The Redis one has the same rules in Lua; one test suite runs
 * on both.
 */

/**
 * A rolling minute after a call's end, and a second for the clocks of processes that differ. It ends after it arrived,
 * so that however slow it was on its way, Xero's minute for it is over first.
 */
export const windowMs = 61_000;

/** After this long a slot that was never given back belongs to a process that died. */
export const slotLapseMs = 120_000;

/** How soon to ask again for a slot in flight: another process gives it back without telling. */
export const slotWaitMs = 100;

export const dayMs = 24 * 60 * 60 * 1_000;
