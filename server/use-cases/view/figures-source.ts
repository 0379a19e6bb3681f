import type { ByIdRead } from '#server/ledger/entries/documents-by-id.ts';
import type { Ledger, LedgerRead } from '#server/ledger/ledger.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import { toContactIds } from '#server/use-cases/acting/reach.ts';
import type { DealFacts, ViewFacts } from './view-facts.ts';

/** What was read from the ledger for a view: the documents of its Xero contacts, or those chosen for its deal. */
export type ReadFigures = { of: 'contacts'; read: LedgerRead } | { of: 'deal'; deal: DealFacts; read: ByIdRead };

/**
 * Where the figures of one view come from. Both functions ask the ledger about the same contacts and documents, so the
 * key of a view always names what was rendered.
 */
export type FiguresSource = {
  /** Names what `read` would return. Null when something is missing, stale or being loaded. */
  findVersions(): Promise<string[] | null>;
  read(options: { isFresh: boolean }): Promise<ReadFigures>;
};

type FiguresLedger = Pick<Ledger, 'findFreshVersions' | 'findFreshVersionsById' | 'read' | 'readById'>;

/** Null when the view has no figures, because nothing is linked. */
export function findFiguresSource(
  { deps: { ledger }, caller }: Pick<PersonActing, 'caller'> & { deps: { ledger: FiguresLedger } },
  { deal, links }: Pick<ViewFacts, 'deal' | 'links'>,
): FiguresSource | null {
  const contactIds = toContactIds(links);
  if (deal) {
    return {
      findVersions: () => ledger.findFreshVersionsById(caller, deal.chosen, contactIds),
      read: async ({ isFresh }) => {
        return { of: 'deal', deal, read: await ledger.readById(caller, deal.chosen, { isFresh, contactIds }) };
      },
    };
  }
  if (contactIds.length === 0) return null;
  return {
    findVersions: () => ledger.findFreshVersions(caller, contactIds),
    read: async (options) => ({ of: 'contacts', read: await ledger.read(caller, contactIds, options) }),
  };
}
