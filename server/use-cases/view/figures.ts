import type { LedgerRead } from '#server/ledger/ledger.ts';
import { buildSummary } from '#server/ledger/sums/summary.ts';
import { findUnreadableFailure } from '#server/use-cases/acting/unreadable.ts';
import { toViewError } from '#server/use-cases/acting/view-error.ts';
import type { Credit } from '#server/xero/documents/credit.ts';
import type { DocumentHeader, UnreadableDocument } from '#server/xero/documents/document-header.ts';
import type { AppError } from '#shared/app-error.ts';
import type { Summary } from '#shared/contract/summary.ts';
import type { ViewError } from '#shared/contract/view.ts';
import type { UnfinishedWrite } from '#shared/contract/write.ts';
import type { ViewFacts } from './view-facts.ts';

/** All that a view is rendered from, besides the figures that were read. `requestId` is returned with errors only. */
export type Rendering<Facts extends ViewFacts = ViewFacts> = { facts: Facts; requestId: string };

export type Figures = {
  summary: Summary | null;
  asOf: string | null;
  stale: boolean;
  error?: ViewError;
  unfinished?: UnfinishedWrite[];
};

/** Without credits, `credit` is null in the answer. */
type Summarise = (documents: readonly DocumentHeader[], credits?: readonly Credit[] | null) => Summary | null;

/** The figures over all documents of some Xero contacts. What failed is in `error`. */
export function toContactFigures(rendering: Rendering, read: LedgerRead): Figures {
  const entries = [...read.entries.values()];
  const asOf = entries.map(({ stamp }) => stamp.asOf).reduce<string | null>(earlier, null);
  const documents = entries.flatMap((entry) => entry.documents);
  return toFigures(rendering, { documents, credits: read.credits, read: { ...read, asOf } });
}

type Known = {
  documents: readonly DocumentHeader[];
  credits: readonly Credit[] | null;
  read: {
    asOf: string | null;
    isStale: boolean;
    failure: AppError | null;
    unreadable: readonly Pick<UnreadableDocument, 'kind'>[];
  };
};

export function toFigures({ facts, requestId }: Rendering, { documents, credits, read }: Known): Figures {
  const { unfinished } = facts;
  const isOrganisationKnown = facts.organisation !== null;
  // A failure to read the organisation comes first, because without it there are no figures at all.
  const failure = isOrganisationKnown ? (read.failure ?? facts.failure) : facts.failure;
  const error = failure ?? findUnreadableFailure(facts, read.unreadable);
  return {
    summary: buildSummarise(facts)(documents, credits),
    asOf: read.asOf,
    // Documents that could not be parsed do not make the others stale.
    stale: read.isStale || failure !== null,
    ...(error && { error: toViewError(error, requestId) }),
    ...(unfinished.length > 0 && { unfinished: [...unfinished] }),
  };
}

/** Computes figures over some of the documents, by the same rules and for the same user. */
export function buildSummarise({ organisation, today, rights }: ViewFacts): Summarise {
  return (documents, credits = null) => {
    if (organisation === null || today === null) return null;
    return buildSummary(documents, {
      today,
      baseCurrency: organisation.baseCurrency,
      canViewBills: rights.includes('viewBills'),
      credits,
    });
  };
}

function earlier(first: string | null, next: string): string {
  return first === null || next < first ? next : first;
}
