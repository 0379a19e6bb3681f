import { LRUCache } from 'lru-cache';
import type { Clock } from '#server/clock.ts';
import type { XeroChanges } from '#server/xero/documents/lists/document-reads.ts';
import type { XeroCaller, XeroContactRow, XeroGateway } from '#server/xero/gateway.ts';
import type { XeroRecords } from '#server/xero/records/records.ts';
import { AppError } from '#shared/app-error.ts';
import { isNearContact, type NamedContact, toNameKey } from '#shared/contact-names.ts';

/** Before Xero existed. */
const beginning = '2000-01-01T00:00:00.000Z';

type Reading = {
  xero: Pick<XeroChanges, 'listContactsChangedSince'> &
    Pick<XeroRecords, 'readRecords'> &
    Pick<XeroGateway, 'getContact'>;
};

/** Every contact of one organisation, archived ones included. */
export type ContactIndex = {
  /** Reads what changed since the last refresh: one call, or one per 1,000 contacts the first time. */
  refresh(caller: XeroCaller): Promise<void>;
  /** Xero's clock at the last refresh, as an instant; undefined before the first. */
  asOf(): string | undefined;
  /** For a contact that was merged into another one, that one, once `followMerges` has looked it up. */
  findById(id: string): XeroContactRow | undefined;
  /**
   * Finds out which of these archived contacts were merged into others: one call each, and once until it changes. Xero
   * says so only of a contact that is asked for by its id.
   */
  followMerges(caller: XeroCaller, ids: readonly string[]): Promise<void>;
  /** Xero ignores case and spaces at the ends in names, and keeps the names of active contacts unique. */
  findByName(name: string): XeroContactRow | undefined;
  findByNumber(contactNumber: string): XeroContactRow | undefined;
  /** Active contacts that may be the same: a similar name, or the same e-mail or tax number under another name. */
  listNear(wanted: NamedContact): XeroContactRow[];
  /** Reads these contacts whole, unless they are known: one call per 40. Their payment terms are in no list. */
  readWhole(caller: XeroCaller, ids: readonly string[]): Promise<void>;
  /** Undefined until it is read whole. */
  findRow(id: string): Readonly<Record<string, unknown>> | undefined;
  /** A contact that was just made or read. */
  note(row: XeroContactRow): void;
};

export function buildContactIndex({ xero }: Reading): ContactIndex {
  const byId = new Map<string, XeroContactRow>();
  const byName = new Map<string, Set<string>>();
  const byNumber = new Map<string, string>();
  const whole = new Map<string, Readonly<Record<string, unknown>>>();
  /** The survivor of a merge; the contact itself where it was not merged. */
  const survivors = new Map<string, string>();
  const find = (id: string): XeroContactRow | undefined => byId.get(survivors.get(id) ?? id);
  let since = beginning;
  const note = (row: XeroContactRow): void => {
    const before = byId.get(row.id);
    if (before) byName.get(toNameKey(before.name))?.delete(row.id);
    byId.set(row.id, row);
    // What was read before it changed counts no more.
    whole.delete(row.id);
    survivors.delete(row.id);
    const name = toNameKey(row.name);
    byName.set(name, (byName.get(name) ?? new Set()).add(row.id));
    if (row.contactNumber !== null) byNumber.set(row.contactNumber, row.id);
  };
  const listActive = (): XeroContactRow[] => [...byId.values()].filter(({ isArchived }) => !isArchived);
  return {
    note,
    asOf: () => (since === beginning ? undefined : since),
    refresh: async (caller) => {
      const changed = await xero.listContactsChangedSince(caller, since);
      for (const row of changed.rows) note(row);
      // A list that could not be read to its end is read again from its last row.
      if (!changed.isWhole && changed.rows.length === 0) throw new AppError('xero_invalid_answer');
      since = changed.isWhole ? (changed.asOf ?? since) : (changed.rows.at(-1)?.updatedAt ?? since);
      if (!changed.isWhole) throw new AppError('calls_paced', { retryAfterSeconds: 5 });
    },
    readWhole: async (caller, ids) => {
      const unread = [...new Set(ids)].filter((id) => !whole.has(id));
      if (unread.length === 0) return;
      const { twins } = await xero.readRecords(caller, { resource: 'contact', ids: unread });
      for (const [id, { row }] of twins) whole.set(id, row);
    },
    findRow: (id) => whole.get(id),
    findById: find,
    followMerges: async (caller, ids) => {
      const unknown = [...new Set(ids)].filter((id) => byId.get(id)?.isArchived && !survivors.has(id));
      for (const id of unknown) {
        const survivor = await xero.getContact(caller, id);
        if (survivor.id !== id) note(survivor);
        survivors.set(id, survivor.id);
      }
    },
    findByName: (name) => {
      const rows = [...(byName.get(toNameKey(name)) ?? [])].flatMap((id) => byId.get(id) ?? []);
      const row = rows.find(({ isArchived }) => !isArchived) ?? rows[0];
      return row && find(row.id);
    },
    findByNumber: (contactNumber) => {
      const id = byNumber.get(contactNumber);
      return id === undefined ? undefined : find(id);
    },
    listNear: (wanted) => listActive().filter((row) => isNearContact(row, wanted)),
  };
}

/** The contacts of the organisations that this process works for. */
export type ContactIndexes = { get(caller: XeroCaller): Promise<ContactIndex> };

/** How old a list may be. Xero checks each name again. */
const freshMs = 30_000;
/** A list of 20,000 contacts takes about 10 MB. */
const most = 20;

export function buildContactIndexes(deps: Reading & { clock: Pick<Clock, 'steadyMs'> }): ContactIndexes {
  const kept = new LRUCache<string, { index: ContactIndex; readMs: number | null }>({ max: most });
  return {
    get: async (caller) => {
      const entry = kept.get(caller.organisationId) ?? { index: buildContactIndex(deps), readMs: null };
      kept.set(caller.organisationId, entry);
      if (entry.readMs === null || deps.clock.steadyMs() - entry.readMs > freshMs) {
        await entry.index.refresh(caller);
        entry.readMs = deps.clock.steadyMs();
      }
      return entry.index;
    },
  };
}
