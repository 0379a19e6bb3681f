/**
 * The numbers both governors keep to, in milliseconds. The Redis one has the same rules in Lua; one test suite runs
 * on both.
 */

/**
 * A rolling minute after a call's end, and a second for the clocks of processes that differ. It ends after it arrived,
 * so that however slow it was on its way, Xero's minute for it is over first. What is noted further ahead of the
 * caller's clock than this was noted before that clock was set back.
 */
export const windowMs = 61_000;

/** How soon to ask again for a slot in flight: another process gives it back without telling. */
export const slotWaitMs = 100;

export const dayMs = 24 * 60 * 60 * 1_000;

/** In Redis a slot lapses so long after its process last said that it lives; memory ends with its process. */
export const slotLapseMs = 20_000;

/** How often a process says so of the slots it holds. */
export const slotBeatMs = 5_000;
