import type { Deps } from '#server/deps.ts';
import type { LedgerRead } from '#server/ledger/ledger.ts';
import { buildSummary } from '#server/ledger/sums/summary.ts';
import type { Actor } from '#server/use-cases/acting/actor.ts';
import { type Connected, findOrganisation, getOrganisation } from '#server/use-cases/acting/organisation.ts';
import { listUnfinished } from '#server/use-cases/writes/list-unfinished.ts';
import { billUrl, contactUrl, invoiceUrl, quoteUrl } from '#server/xero/deep-links.ts';
import type { Credit } from '#server/xero/documents/credit.ts';
import type { DocumentHeader, UnreadableDocument } from '#server/xero/documents/ledger-document.ts';
import type { XeroCaller, XeroOrganisation } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import { type CalendarDate, dateInZone } from '#shared/calendar.ts';
import { reconnectReasonSchema } from '#shared/contract/settings.ts';
import type { Summary } from '#shared/contract/summary.ts';
import type { ViewError } from '#shared/contract/view.ts';
import type { UnfinishedWrite } from '#shared/contract/write.ts';
import { findUnreadableFailure } from './unreadable.ts';

/** One look at a record: who looks, at which organisation, and whether Xero is to be asked anew. */
export type Viewing = { deps: Deps; actor: Actor; connection: Connected; caller: XeroCaller; isFresh: boolean };

export type Figures = {
  summary: Summary | null;
  asOf: string | null;
  stale: boolean;
  error?: ViewError;
  unfinished?: UnfinishedWrite[];
};

/** Without credits the answer's `credit` is null. */
export type Summarise = (documents: readonly DocumentHeader[], credits?: readonly Credit[] | null) => Summary | null;

export type FiguresRead = {
  figures: Figures;
  read: LedgerRead;
  /** Figures over some of the documents, by the same rules and for the same user. */
  summarise: Summarise;
};

/** Figures over all documents of these Xero contacts; what Xero could not tell stands in `error`. */
export async function readFigures(viewing: Viewing, contactIds: readonly string[]): Promise<FiguresRead> {
  const [organisation, unfinished, read] = await Promise.all([
    readOrganisation(viewing),
    listUnfinished(viewing),
    viewing.deps.ledger.read(viewing.caller, contactIds, { isFresh: viewing.isFresh }),
  ]);
  const entries = [...read.entries.values()];
  const asOf = entries.map(({ stamp }) => stamp.asOf).reduce<string | null>(earlier, null);
  const documents = entries.flatMap((entry) => entry.documents);
  const figures = toFigures(viewing, {
    ...{ organisation, unfinished, documents, credits: read.credits },
    read: { ...read, asOf },
  });
  return { figures, read, summarise: buildSummarise(viewing, organisation.value) };
}

type Known = {
  organisation: { value: XeroOrganisation | null; failure: AppError | null };
  unfinished: UnfinishedWrite[];
  documents: readonly DocumentHeader[];
  credits: readonly Credit[] | null;
  read: {
    asOf: string | null;
    isStale: boolean;
    failure: AppError | null;
    unreadable: readonly Pick<UnreadableDocument, 'kind'>[];
  };
};

export function toFigures(viewing: Viewing, { organisation, unfinished, documents, credits, read }: Known): Figures {
  const failure = organisation.failure ?? read.failure ?? findConnectionFault(viewing.connection);
  const error = failure ?? findUnreadableFailure(viewing.actor, read.unreadable);
  return {
    summary: buildSummarise(viewing, organisation.value)(documents, credits),
    asOf: read.asOf,
    // Documents that could not be read make the others no older.
    stale: read.isStale || failure !== null,
    ...(error && { error: toViewError(error, viewing.actor) }),
    ...(unfinished.length > 0 && { unfinished }),
  };
}

/** Today where the organisation is. */
export function todayOf(organisation: XeroOrganisation, deps: Pick<Deps, 'clock'>): CalendarDate {
  return dateInZone(deps.clock.now(), organisation.timeZone);
}

export function findContactUrl({ deps, connection }: Pick<Viewing, 'deps' | 'connection'>, contactId: string) {
  return contactUrl(deps.config.xero.appUrl, findOrganisation(connection)?.shortCode ?? null, contactId);
}

const urlOf = { quote: quoteUrl, invoice: invoiceUrl, bill: billUrl } as const;

export function findDocumentUrl(
  { deps, connection }: Pick<Viewing, 'deps' | 'connection'>,
  { kind, id }: Pick<DocumentHeader, 'kind' | 'id'>,
): string | null {
  return urlOf[kind](deps.config.xero.appUrl, findOrganisation(connection)?.shortCode ?? null, id);
}

export function toViewError(failure: AppError, actor: Actor): ViewError {
  const { retryAfterSeconds, extension } = failure.details;
  const { code } = failure;
  const reason = reconnectReasonSchema.safeParse(code === 'reconnect_needed' ? extension?.reason : undefined);
  return {
    code,
    requestId: actor.requestId,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(reason.success && { reason: reason.data }),
    ...(typeof extension?.unreadable === 'number' && { unreadable: extension.unreadable }),
  };
}

/** Without the organisation's zone and currency no figure can be told. */
export async function readOrganisation({ deps, connection, caller, isFresh }: Viewing) {
  try {
    return { value: await getOrganisation(deps, connection, caller, { isFresh }), failure: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { value: null, failure: error };
  }
}

function buildSummarise({ deps, actor }: Viewing, organisation: XeroOrganisation | null): Summarise {
  return (documents, credits = null) =>
    organisation &&
    buildSummary(documents, {
      today: todayOf(organisation, deps),
      baseCurrency: organisation.baseCurrency,
      canViewBills: actor.rights.includes('viewBills'),
      credits,
    });
}

function findConnectionFault(connection: Connected): AppError | null {
  if (connection.status !== 'reconnect_needed') return null;
  return new AppError('reconnect_needed', { extension: { reason: connection.reason } });
}

function earlier(first: string | null, next: string): string {
  return first === null || next < first ? next : first;
}
