import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isSince, isWithin } from '#server/clock-tolerance.ts';
import type { NewsBus } from '#server/events/news.ts';
import type { LedgerDeps } from '#server/ledger/ledger.ts';
import type { Background } from '#server/ledger/stream/background.ts';
import type { Credit } from '#server/xero/documents/credit.ts';
import type { UnreadableDocument } from '#server/xero/documents/document-header.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Failures } from './failures.ts';
import { type ContactChange, tellOfFigures } from './figures-news.ts';
import { toAppFailure } from './to-app-failure.ts';

/** Credits rarely change, and Xero lists them only for the whole organisation. */
const freshForMs = 30 * 60 * 1000;
/** A person who presses Refresh expects a credit note made just now. Pressing again within this time makes no call. */
const freshOnRequestMs = 60 * 1000;
/** How long the last good figures are kept. */
const keepSeconds = 3 * 24 * 3600;
/** The key that credit failures are recorded under; other failures are recorded by contact id. */
const failureKey = 'credits';

const stampSchema = z.object({ version: z.string(), loadedAt: z.string() });
type Stamp = z.infer<typeof stampSchema>;
type Kept = { stamp: Stamp; credits: Credit[]; unreadable?: UnreadableDocument[] };

/** Unused credit of some contacts, and documents that may be credit but could not be parsed. */
export type KnownCredits = { credits: Credit[]; unreadable: UnreadableDocument[] };

export type Credits = {
  /** Returns what is known of these contacts, or null until the organisation's credits are loaded. Never calls Xero. */
  read(organisationId: string, contactIds: readonly string[]): Promise<KnownCredits | null>;
  /** The cache key of the stamp that `toVersion` reads, so that a caller can fetch several values in one round trip. */
  toStampKey(organisationId: string): string;
  /** Names the value that `read` returns now, or null when that value is about to change. */
  toVersion(organisationId: string, stamp: string | undefined): string | null;
  /**
   * Starts a load in the background when credits are missing or stale. A person's request counts them as stale sooner.
   */
  refreshBehind(caller: XeroCaller, options: { isRequested: boolean }): Promise<void>;
  /** The change stream's refresh: waits for the load and announces whose credit changed. Never rejects. */
  refresh(caller: XeroCaller): Promise<void>;
};

type CreditsDeps = LedgerDeps & { background: Background; failures: Failures; news: Pick<NewsBus, 'announce'> };

export function buildCredits(deps: CreditsDeps): Credits {
  const { cache, clock, background, failures } = deps;
  const isFresh = (stamp: Stamp | undefined, forMs = freshForMs) =>
    stamp !== undefined && isWithin(stamp.loadedAt, clock.now().getTime(), forMs);
  const isFailing = (organisationId: string) => failures.find(organisationId, [failureKey]) !== null;

  async function readStamp(organisationId: string): Promise<Stamp | undefined> {
    return parseStamp(await cache.get(toStampKey(organisationId)).catch(() => undefined));
  }

  return {
    async read(organisationId, contactIds) {
      const text = await cache.get(keyOf(organisationId)).catch(() => undefined);
      if (text === undefined) return null;
      const wanted = new Set<string | null>(contactIds);
      const { credits, unreadable = [] } = JSON.parse(text) as Kept;
      const isTheirs = ({ contactId }: { contactId: string | null }) => wanted.has(contactId);
      return { credits: credits.filter(isTheirs), unreadable: unreadable.filter(isTheirs) };
    },
    toStampKey,
    toVersion(organisationId, text) {
      const stamp = parseStamp(text);
      if (isFresh(stamp) || isFailing(organisationId)) return stamp?.version ?? 'none';
      return null;
    },
    async refresh(caller) {
      const { organisationId } = caller;
      if (isFailing(organisationId) || isFresh(await readStamp(organisationId))) return;
      await loadNoting(deps, caller);
    },
    async refreshBehind(caller, { isRequested }) {
      const { organisationId } = caller;
      const forMs = isRequested ? freshOnRequestMs : freshForMs;
      if (isFailing(organisationId) || isFresh(await readStamp(organisationId), forMs)) return;
      background.run(() => loadNoting(deps, { ...caller, priority: 'background', signal: background.signal }));
    },
  };
}

async function loadNoting(deps: CreditsDeps, caller: XeroCaller): Promise<void> {
  try {
    await loadOnce(deps, caller);
  } catch (error) {
    deps.failures.note(caller.organisationId, [failureKey], toAppFailure(error));
  }
}

/** Runs one load per organisation at a time, across all processes. */
function loadOnce({ cache, xero, clock, singleFlight, news }: CreditsDeps, caller: XeroCaller): Promise<string> {
  const key = keyOf(caller.organisationId);
  const since = clock.now().toISOString();
  return singleFlight(`load:${key}`, {
    load: async () => {
      const { credits, unreadable } = await xero.listCredits(caller);
      const known = await cache.get(key);
      const stamp: Stamp = { version: randomUUID(), loadedAt: clock.now().toISOString() };
      await cache.set(key, JSON.stringify({ stamp, credits, unreadable } satisfies Kept), keepSeconds);
      await cache.set(toStampKey(caller.organisationId), JSON.stringify(stamp), keepSeconds);
      const before = known === undefined ? { credits: [] } : (JSON.parse(known) as Kept);
      const changes = listChanged(toRows(before), toRows({ credits, unreadable }));
      await tellOfFigures(news, caller.organisationId, changes);
      return stamp.loadedAt;
    },
    read: async () => {
      const loadedAt = parseStamp(await cache.get(toStampKey(caller.organisationId)))?.loadedAt;
      return isSince(loadedAt, since, clock.now().getTime()) ? loadedAt : undefined;
    },
  });
}

type Row = Credit | UnreadableDocument;

function toRows({ credits, unreadable = [] }: Pick<Kept, 'credits' | 'unreadable'>): Row[] {
  return [...credits, ...unreadable];
}

/** Lists contacts whose credit changed. A credit whose side could not be parsed may be on either side. */
function listChanged(before: readonly Row[], after: readonly Row[]): ContactChange[] {
  const toTexts = (rows: readonly Row[]) => new Map(rows.map((one) => [JSON.stringify(one), one]));
  const [had, has] = [toTexts(before), toTexts(after)];
  const missingIn = (texts: Map<string, Row>, others: Map<string, Row>) =>
    [...texts].filter(([text]) => !others.has(text)).map(([, one]) => one);
  return [...missingIn(had, has), ...missingIn(has, had)].map((one) => ({
    contactId: one.contactId ?? '',
    isOfBills: ('side' in one ? one.side : one.kind) === 'bill',
  }));
}

function keyOf(organisationId: string): string {
  return `credits:${organisationId}`;
}

function toStampKey(organisationId: string): string {
  return `${keyOf(organisationId)}:stamp`;
}

function parseStamp(text: string | undefined): Stamp | undefined {
  return text === undefined ? undefined : stampSchema.parse(JSON.parse(text));
}
