/**
 * The governor's numbers, in milliseconds. The memory governor and the Redis governor (in Lua) follow the same rules;
 * one test suite runs on both.
 */

/**
 * A rolling minute after a call ends, plus a second for differences between the processes' clocks. A call ends after it
 * reached Xero, so Xero's minute for it is always over first. Anything noted further ahead of the caller's clock than
 * this was noted before that clock was set back.
 */
export const windowMs = 61_000;

/** How soon to ask again for a slot. When another process releases one, no message is sent. */
export const slotWaitMs = 100;

export const dayMs = 24 * 60 * 60 * 1_000;

/** In Redis a slot expires this long after its process's last heartbeat. In memory, slots end with the process. */
export const slotLapseMs = 20_000;

/** How often a process sends a heartbeat for the slots it holds. */
export const slotBeatMs = 5_000;
