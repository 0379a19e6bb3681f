import type { Clock } from '#server/clock.ts';
import type { NoteSetAside } from '#server/xero/answers/read-rows.ts';
import type { Ask } from '#server/xero/calling/ask.ts';
import type { XeroLog } from '#server/xero/calling/xero-config.ts';

/** What the gateway's functions receive. Each names the members that it uses. */
export type XeroDeps = {
  ask: Ask;
  /** Called with rows that could not be parsed. */
  noteSetAside: NoteSetAside;
  log: XeroLog;
  clock: Pick<Clock, 'now' | 'steadyMs'>;
};

/** For questions whose answers contain no list. */
export type Asking = Pick<XeroDeps, 'ask'>;

/** For questions whose answers contain a list, also the answers to writes: rows that cannot be parsed are noted. */
export type Reading = Pick<XeroDeps, 'ask' | 'noteSetAside'>;
