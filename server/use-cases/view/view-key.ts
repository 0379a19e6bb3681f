import { createHash } from 'node:crypto';
import type { Deps } from '#server/deps.ts';
import { listNamedRecords } from '#server/identity/session.ts';
import type { LinkRow } from '#server/store/store.ts';
import type { Actor } from '#server/use-cases/acting/actor.ts';
import { type Connected, findOrganisation, isConnected } from '#server/use-cases/acting/organisation.ts';
import { listUnfinishedRows } from '#server/use-cases/writes/list-unfinished.ts';
import { dateInZone } from '#shared/calendar.ts';
import { listChosenPlaces } from './list-chosen-places.ts';

/** Names everything a view depends on; null while something the answer needs is missing, old or failing. */
export async function findViewKey(deps: Deps, actor: Actor): Promise<string | null> {
  const { session, rights } = actor;
  if (!rights.includes('view') || session.claims.record.type === 'settings') return null;
  const connection = await deps.store.connections.find(session.workspaceId);
  if (!isConnected(connection) || connection.status !== 'running') return null;
  const organisation = findOrganisation(connection);
  if (!organisation) return null;
  const links = await listLinks(deps, actor, connection.organisationId);
  const figures = await findFigures({ deps, actor, connection }, links);
  if (figures === null) return null;
  // What is unfinished differs by user and is gone soon.
  if ((await listUnfinishedRows({ deps, actor, connection })).length > 0) return null;
  const parts = [
    connection.organisation,
    session.recordsKey,
    [...rights].sort(),
    dateInZone(deps.clock.now(), organisation.timeZone),
    links.map(({ record, contactId, contactName, isArchived }) => [
      record.type,
      record.id,
      contactId,
      contactName,
      isArchived,
    ]),
    figures,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

type Looking = { deps: Deps; actor: Actor; connection: Connected };

/** What the ledger knows of it, and for a deal what the CRM says and who chose what. */
async function findFigures({ deps, actor, connection }: Looking, links: readonly LinkRow[]): Promise<unknown> {
  const { claims } = actor.session;
  const { workspaceId, organisationId } = connection;
  const caller = { workspaceId, organisationId, priority: 'person' as const };
  const contactIds = [...new Set(links.map(({ contactId }) => contactId))];
  if (!('deal' in claims)) return links.length === 0 ? null : deps.ledger.findFreshVersions(caller, contactIds);
  const places = await listChosenPlaces({ deps, actor, connection }, claims.record.id);
  const versions = await deps.ledger.findFreshPlaces(caller, places, contactIds);
  const roles = claims.contacts.map(({ id, role }) => [id, role]);
  return versions && [claims.record.id, claims.deal, roles, places, versions];
}

/** A contact's own link, or those of a company or a deal and its people. */
async function listLinks(deps: Deps, { session }: Actor, organisationId: string): Promise<LinkRow[]> {
  const { record } = session.claims;
  if (record.type !== 'contact') {
    return deps.store.links.list(session.workspaceId, organisationId, listNamedRecords(session));
  }
  const link = await deps.store.links.find(session.workspaceId, organisationId, { type: 'contact', id: record.id });
  return link ? [link] : [];
}
