import { createHash } from 'node:crypto';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { AppError } from '#shared/app-error.ts';
import type { Background } from './background.ts';
import type { DocumentKind, LedgerDocument } from './document.ts';
import { buildEntries } from './entries.ts';
import type { Failures } from './failures.ts';
import type { LedgerDeps } from './ledger.ts';
import { pickDocument } from './merge-document.ts';
import { toFailure } from './to-failure.ts';

const freshForMs = 5 * 60 * 1000;
/** Kept as last good figures for this long after nobody asked any more. */
const keepSeconds = 3 * 24 * 3600;

export type DocumentPlace = { kind: DocumentKind; id: string };

export type ByIdRead = {
  /** By `toPlaceKey`. Null: Xero does not have it. Missing: nothing is known. */
  documents: Map<string, LedgerDocument | null>;
  /** When the oldest of them left Xero; null when there are none. */
  asOf: string | null;
  isStale: boolean;
  /** Why newer ones could not be had. */
  failure: AppError | null;
};

export type DocumentsById = {
  /**
   * Documents in whatever state they are. Waits for Xero only for those of which nothing is known, neither here nor
   * among the loaded documents of `contactIds`, or where `isFresh` asks for it; never rejects because of Xero.
   */
  read(caller: XeroCaller, places: readonly DocumentPlace[], options: ByIdOptions): Promise<ByIdRead>;
  put(organisationId: string, document: LedgerDocument): Promise<void>;
};
export type ByIdOptions = { isFresh: boolean; contactIds: readonly string[] };

type Kept = { document: LedgerDocument | null; loadedAt: string; asOf: string };
type KeptByPlace = Map<string, Kept>;
type ByIdDeps = LedgerDeps & { background: Background; failures: Failures };

export function toPlaceKey({ kind, id }: DocumentPlace): string {
  return `${kind}:${id.toLowerCase()}`;
}

export function buildDocumentsById(deps: ByIdDeps): DocumentsById {
  const { clock, background, failures } = deps;
  const kept = buildKept(deps);
  const loadOnce = buildLoadOnce(deps, kept);
  const isOld = ({ loadedAt }: Kept) => clock.now().getTime() - Date.parse(loadedAt) > freshForMs;

  function loadBehind(caller: XeroCaller, places: readonly DocumentPlace[]): void {
    const keys = places.map(toPlaceKey);
    background.run(async () => {
      try {
        await loadOnce({ ...caller, priority: 'background', signal: background.signal }, places);
        failures.forget(caller.organisationId, keys);
      } catch (error) {
        failures.note(caller.organisationId, keys, toFailure(error));
      }
    });
  }

  return {
    put: (organisationId, document) => kept.put(organisationId, document, clock.now().toISOString()),
    async read(caller, places, { isFresh, contactIds }) {
      const { organisationId } = caller;
      const known = await kept.readMany(organisationId, places);
      const isMissing = (place: DocumentPlace) => !known.has(toPlaceKey(place));
      if (places.some(isMissing)) await addFromContacts(deps, known, { organisationId, places, contactIds });
      const wanted = isFresh ? places : places.filter(isMissing);
      if (wanted.length > 0) {
        try {
          for (const [key, one] of await loadOnce(caller, wanted)) known.set(key, one);
        } catch (error) {
          return toRead(known, true, toFailure(error));
        }
      }
      const old = places.filter((place) => isOldOf(known, place, isOld));
      if (old.length === 0) return toRead(known, false, null);
      const failure = failures.find(organisationId, old.map(toPlaceKey));
      if (!failure) loadBehind(caller, old);
      return toRead(known, true, failure);
    },
  };
}

function isOldOf(known: KeptByPlace, place: DocumentPlace, isOld: (kept: Kept) => boolean): boolean {
  const one = known.get(toPlaceKey(place));
  return one !== undefined && isOld(one);
}

function toRead(known: KeptByPlace, isStale: boolean, failure: AppError | null): ByIdRead {
  const documents = new Map([...known].map(([key, { document }]) => [key, document]));
  const asOf = [...known.values()].reduce<string | null>(
    (earliest, one) => (earliest === null || one.asOf < earliest ? one.asOf : earliest),
    null,
  );
  return { documents, asOf, isStale, failure };
}

/** Whoever chooses in View Details has the contact's documents loaded already. */
async function addFromContacts(
  { cache }: ByIdDeps,
  known: KeptByPlace,
  wanted: { organisationId: string; places: readonly DocumentPlace[]; contactIds: readonly string[] },
): Promise<void> {
  const missing = new Set(wanted.places.map(toPlaceKey).filter((key) => !known.has(key)));
  const entries = await buildEntries(cache).readMany(wanted.organisationId, wanted.contactIds);
  for (const { stamp, documents } of entries.values()) {
    for (const document of documents) {
      const key = toPlaceKey(document);
      if (missing.has(key)) known.set(key, { document, loadedAt: stamp.loadedAt, asOf: stamp.asOf });
    }
  }
}

function buildKept({ cache }: Pick<LedgerDeps, 'cache'>) {
  const keyOf = (organisationId: string, placeKey: string) => `document:${organisationId}:${placeKey}`;
  const find = async (organisationId: string, key: string): Promise<Kept | undefined> => {
    const text = await cache.get(keyOf(organisationId, key)).catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as Kept);
  };
  const write = (organisationId: string, key: string, kept: Kept) =>
    cache.set(keyOf(organisationId, key), JSON.stringify(kept), keepSeconds).catch(() => undefined);
  return {
    write,
    async readMany(organisationId: string, places: readonly DocumentPlace[]): Promise<KeptByPlace> {
      const keys = [...new Set(places.map(toPlaceKey))];
      const found = await Promise.all(keys.map((key) => find(organisationId, key)));
      return new Map(
        keys.flatMap((key, index) => {
          const one = found[index];
          return one ? [[key, one] as const] : [];
        }),
      );
    },
    /** The newer `updatedAt` wins, a tie replaces. */
    async put(organisationId: string, document: LedgerDocument, now: string): Promise<void> {
      const key = toPlaceKey(document);
      const known = await find(organisationId, key);
      if (known?.document && known.document.updatedAt > document.updatedAt) return;
      await write(organisationId, key, { document: pickDocument(document), loadedAt: now, asOf: document.updatedAt });
    },
  };
}

/** One load of the same documents at a time, over all processes. */
function buildLoadOnce({ xero, clock, singleFlight }: ByIdDeps, kept: ReturnType<typeof buildKept>) {
  async function load(caller: XeroCaller, places: readonly DocumentPlace[]): Promise<KeptByPlace> {
    const { documents, asOf } = await xero.listDocumentsById(caller, places);
    const loaded = new Map(documents.map((document) => [toPlaceKey(document), pickDocument(document)]));
    const known = await kept.readMany(caller.organisationId, places);
    const loadedAt = clock.now().toISOString();
    const all: KeptByPlace = new Map();
    for (const place of places) {
      const key = toPlaceKey(place);
      const document = pickNewer(loaded.get(key), known.get(key)?.document ?? null);
      all.set(key, { document, loadedAt, asOf });
      await kept.write(caller.organisationId, key, { document, loadedAt, asOf });
    }
    return all;
  }

  return (caller: XeroCaller, places: readonly DocumentPlace[]): Promise<KeptByPlace> => {
    const since = clock.now().toISOString();
    const keys = [...new Set(places.map(toPlaceKey))].sort();
    const name = createHash('sha256').update(keys.join(',')).digest('base64url');
    return singleFlight(`load:${caller.organisationId}:documents:${name}`, {
      load: () => load(caller, places),
      read: async () => {
        const found = await kept.readMany(caller.organisationId, places);
        return keys.every((key) => (found.get(key)?.loadedAt ?? '') >= since) ? found : undefined;
      },
    });
  };
}

/** What was there and is no more, Xero has deleted. */
function pickNewer(loaded: LedgerDocument | undefined, known: LedgerDocument | null): LedgerDocument | null {
  if (!loaded) return known && { ...known, status: 'DELETED', amountDue: '0' };
  return known && known.updatedAt > loaded.updatedAt ? known : loaded;
}
