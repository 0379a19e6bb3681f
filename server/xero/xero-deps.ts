import type { Clock } from '#server/clock.ts';
import type { NoteSetAside } from '#server/xero/answers/read-rows.ts';
import type { Ask } from '#server/xero/calling/ask.ts';
import type { XeroLog } from '#server/xero/calling/xero-config.ts';

/** What the functions behind the gateway are given; each names the part that it uses. */
export type XeroDeps = {
  ask: Ask;
  /** Told of rows that could not be read. */
  noteSetAside: NoteSetAside;
  log: XeroLog;
  clock: Pick<Clock, 'now' | 'steadyMs'>;
};

/** For questions whose answers hold no list. */
export type Asking = Pick<XeroDeps, 'ask'>;
