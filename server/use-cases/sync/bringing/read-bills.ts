import type { Deps } from '#server/deps.ts';
import type { ReaderRow } from '#server/store/tables/sync/reader-store.ts';
import type { RunRecordRow } from '#server/store/tables/sync/run-store.ts';
import { newOwner, toLease, whileRenewing } from '#server/use-cases/writes/leases.ts';
import { AppError } from '#shared/app-error.ts';
import { toHold } from '../sending/hold-reasons.ts';
import { toRetryMs } from '../sending/retry-times.ts';
import { openPlace, type Working } from '../sending/start-round.ts';
import type { BillRule } from './bill-rule.ts';
import { storeBills } from './store-bills.ts';

export type BringWorking = Pick<Working, 'place' | 'signal' | 'onCall'>;

/** The list of Xero that bills are in. */
export const billResource = 'invoices';

export const readEveryMs = 30 * 60_000;
/** When a reading is begun again that never ended, because its process died. */
const retryMs = 60_000;

/** Xero's clocks may differ a little, and a change is seen only after it was saved. */
const overlapMs = 2 * 60_000;
/** Xero keeps whole seconds. */
const secondMs = 1_000;
/** 3,000 bills are held in memory at a time. */
const callsTogether = 3;
/** Before everything that Xero has. */
const everSince = '2000-01-01T00:00:00.000Z';

/**
 * Reads the bills that changed since the last reading; the first time, all from the day in the rules. The cursor moves
 * only after what was read is stored. Undefined when another process reads just now.
 */
export async function readChangedBills(
  deps: Deps,
  working: BringWorking,
  rule: BillRule,
): Promise<RunRecordRow[] | undefined> {
  const { readers } = deps.store;
  const owner = newOwner(deps);
  const retryAt = later(deps.clock.now().toISOString(), retryMs);
  const reader = await readers.takeLease(working.place, billResource, { lease: toLease(deps, owner), retryAt });
  if (!reader) return undefined;
  const renew = (until: string) => readers.renewLeases(owner, until);
  const release = () => readers.releaseLeases(owner);
  const reading = { ...working, owner, retryAt, rule };
  return whileRenewing(deps, { of: 'readers', owner, renew, release }, () =>
    readOn(deps, reading, reader).catch(async (error: unknown) => {
      await planRetry(deps, reading, { error, tries: reader.tries + 1 });
      throw error;
    }),
  );
}

/** A failed reading is tried again, at the latest when the next one would have been. */
async function planRetry(
  { store, clock }: Deps,
  { place, owner, retryAt }: Reading,
  { error, tries }: { error: unknown; tries: number },
): Promise<void> {
  const holdMs = error instanceof AppError ? toHold(error)?.afterMs : undefined;
  const to = later(clock.now().toISOString(), Math.min(holdMs ?? toRetryMs(tries), readEveryMs));
  await store.readers.save(place, billResource, { owner, change: { tries }, next: { from: retryAt, to } });
}

type Reading = BringWorking & { owner: string; retryAt: string; rule: BillRule };

async function readOn(deps: Deps, reading: Reading, reader: ReaderRow): Promise<RunRecordRow[]> {
  const { place, rule } = reading;
  const { caller } = await openPlace(deps, reading);
  const first = findFirstDay(reader, rule);
  let cursor = first !== undefined && reader.since !== null ? null : reader.cursorAt;
  let backMs = overlapMs;
  const rows: RunRecordRow[] = [];
  for (;;) {
    reading.signal.throwIfAborted();
    const since = cursor === null ? everSince : later(cursor, -backMs);
    const read = await deps.xero.listBillsSince(caller, { since, mostCalls: callsTogether, ...first });
    rows.push(...(await storeBills(deps, read, { where: place })));
    const last =
      read.bills
        .map(({ updatedAt }) => updatedAt)
        .toSorted()
        .at(-1) ?? null;
    const next: string | null = read.isWhole ? (read.asOf ?? last ?? cursor) : last;
    if (!read.isWhole && (next === null || (cursor !== null && next <= cursor)))
      throw new AppError('xero_invalid_answer');
    const setAside = read.unreadable.filter(({ id }) => id === null).length;
    if (!(await keepPlace(deps, reading, { cursorAt: next, setAside, isWhole: read.isWhole, first }))) break;
    if (read.isWhole) break;
    [cursor, backMs] = [next, secondMs];
  }
  return rows;
}

type First = { from: string } | undefined;

/** From which day everything is read, where that was never done, or was done from a later day. */
function findFirstDay({ since }: ReaderRow, rule: BillRule): First {
  const from = rule.since ?? everSince.slice(0, 10);
  return since === null || from < since ? { from } : undefined;
}

/** False when another process reads by now. */
async function keepPlace(
  { store, clock }: Deps,
  { place, owner, retryAt }: Reading,
  { isWhole, first, ...kept }: { cursorAt: string | null; setAside: number; isWhole: boolean; first: First },
): Promise<boolean> {
  const at = clock.now().toISOString();
  return store.readers.save(place, billResource, {
    owner,
    change: { ...kept, readAt: at, tries: 0, ...(isWhole && first && { since: first.from }) },
    ...(isWhole && { next: { from: retryAt, to: later(at, readEveryMs) } }),
  });
}

/** Reads all bills from a day on, whatever was read before. */
export async function readBillsFrom(
  deps: Deps,
  working: BringWorking,
  { since, isDry }: { since: string | undefined; isDry: boolean },
): Promise<RunRecordRow[]> {
  const { caller } = await openPlace(deps, working);
  const rows: RunRecordRow[] = [];
  let cursor: string | null = null;
  let isWhole = false;
  while (!isWhole) {
    working.signal.throwIfAborted();
    const from = cursor === null ? everSince : later(cursor, -secondMs);
    const read = await deps.xero.listBillsSince(caller, {
      ...{ since: from, mostCalls: callsTogether },
      ...(since !== undefined && { from: since }),
    });
    rows.push(...(await storeBills(deps, read, { where: working.place, since, isDry })));
    const last =
      read.bills
        .map(({ updatedAt }) => updatedAt)
        .toSorted()
        .at(-1) ?? null;
    if (!read.isWhole && (last === null || (cursor !== null && last <= cursor)))
      throw new AppError('xero_invalid_answer');
    [cursor, isWhole] = [last, read.isWhole];
  }
  return rows;
}

function later(at: string, ms: number): string {
  return new Date(Date.parse(at) + ms).toISOString();
}
