import { createHash } from 'node:crypto';
import { findShownRecord, listNamedRecords, type Session } from '#server/identity/session.ts';
import type { LinkRow } from '#server/store/store.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import { getOrganisation, todayOf } from '#server/use-cases/acting/organisation.ts';
import { listChosen, listLinks, toSeenRefs } from '#server/use-cases/acting/reach.ts';
import { toXeroPages, type XeroPages } from '#server/use-cases/acting/xero-pages.ts';
import { listUnfinished } from '#server/use-cases/documents/list-unfinished.ts';
import type { XeroOrganisation } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import type { CalendarDate } from '#shared/calendar.ts';
import type { RecordKey, RecordRef, Right } from '#shared/contract/record.ts';
import type { UnfinishedWrite } from '#shared/contract/write.ts';
import type { DocumentRef } from '#shared/document-kinds.ts';
import type { FiguresSource } from './figures-source.ts';
import { viewRefusals } from './words.ts';

/**
 * Everything that a view with figures depends on, besides the figures themselves. It is read once per view, and
 * rendering gets nothing else, neither store nor ledger. A fact added here is therefore always part of the key.
 */
export type ViewFacts = {
  /** The record, the other records in the session's token, and the CRM's data of a deal. */
  record: RecordKey;
  records: NamedRecords;
  deal: DealFacts | null;
  rights: readonly Right[];
  /** Null while Xero's time zone and currency are unknown; `failure` says why. */
  organisation: XeroOrganisation | null;
  /** Why newer figures are not available: the organisation could not be read, or the connection is broken. */
  failure: AppError | null;
  pages: XeroPages;
  /** Today in the organisation's time zone. */
  today: CalendarDate | null;
  links: readonly ShownLink[];
  unfinished: readonly UnfinishedWrite[];
};

export type DealFacts = {
  claims: DealClaims;
  primaryContactId: string | null;
  /** The documents chosen for the deal that the user may view. */
  chosen: readonly DocumentRef[];
};
type DealClaims = Extract<Session['claims'], { deal: unknown }>['deal'];

/** A thousand records appear in the key as the session's short name for them. */
type NamedRecords = { list: readonly RecordRef[]; toJSON(): string };

type ShownLink = Pick<LinkRow, 'record' | 'contactId' | 'contactName' | 'isArchived'>;

export async function readViewFacts(acting: PersonActing, { isFresh }: { isFresh: boolean }): Promise<ViewFacts> {
  const { deps, principal, connection } = acting;
  const { session } = principal;
  const { organisationId } = connection;
  const [{ organisation, failure }, links, unfinished, deal] = await Promise.all([
    readOrganisation(acting, isFresh),
    listLinks(deps, session, { organisationId, scope: 'shown' }),
    listUnfinished(acting),
    readDeal(acting),
  ]);
  return {
    record: toKey(session),
    records: { list: listNamedRecords(session), toJSON: () => session.recordsKey },
    deal,
    rights: [...principal.rights].sort(),
    organisation,
    failure: failure ?? findConnectionFault(acting),
    pages: { ...toXeroPages(acting), ...(organisation && { shortCode: organisation.shortCode }) },
    today: organisation && todayOf(organisation, deps),
    links: links.map(({ record, contactId, contactName, isArchived }) => ({
      ...{ record, contactId, contactName, isArchived },
    })),
    unfinished,
  };
}

function toKey(session: Session): RecordKey {
  const record = findShownRecord(session);
  if (!record) throw new AppError('not_found', { detail: viewRefusals.noView });
  return { type: record.type, id: record.id };
}

/** Without the organisation's time zone and currency, there are no figures. */
async function readOrganisation({ deps, connection, caller }: PersonActing, isFresh: boolean) {
  try {
    return { organisation: await getOrganisation(deps, connection, caller, { isFresh }), failure: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { organisation: null, failure: error };
  }
}

function findConnectionFault({ connection: { status, reason } }: PersonActing): AppError | null {
  return status === 'reconnect_needed' ? new AppError('reconnect_needed', { extension: { reason } }) : null;
}

async function readDeal({ deps, principal, connection }: PersonActing): Promise<DealFacts | null> {
  const { session, rights } = principal;
  const { claims } = session;
  if (claims.record.type !== 'deal') return null;
  if (!('deal' in claims)) throw new AppError('token_invalid', { detail: viewRefusals.noDealClaim });
  return {
    claims: claims.deal,
    primaryContactId: claims.contacts.find(({ role }) => role === 'primary')?.id ?? null,
    chosen: toSeenRefs(await listChosen(deps, session, connection.organisationId), rights),
  };
}

/**
 * Names everything that rendering gets: all facts, and the versions of the figures. Null when the view must not be
 * cached: it has no figures, something is missing, stale or failing, or a write is unfinished and will soon end.
 */
export async function findViewKey(facts: ViewFacts, source: FiguresSource | null): Promise<string | null> {
  if (facts.organisation === null || facts.failure !== null || facts.unfinished.length > 0) return null;
  const versions = (await source?.findVersions()) ?? null;
  return (
    versions &&
    createHash('sha256')
      .update(JSON.stringify([facts, versions]))
      .digest('base64url')
  );
}
