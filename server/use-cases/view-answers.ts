import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { dateInZone } from '#shared/calendar.ts';
import type { Deps } from '../deps.ts';
import { listNamedRecords } from '../session.ts';
import type { LinkRow } from '../store/store.ts';
import type { Actor } from './actor.ts';
import { getView } from './get-view.ts';
import { listUnfinishedRows } from './list-unfinished.ts';
import { findOrganisation, isConnected } from './organisation.ts';

export type ViewAnswer = { body: string; etag: string | null };

const heldBytes = 64 * 1024 * 1024;

/**
 * Views as bytes. The bytes of figures that are not stale are kept under everything they depend on: ledger versions,
 * links, rights, the records the session names, the organisation and its date. Whatever moves, moves the key, which
 * is also the ETag; nothing is ever thrown out by hand.
 */
export function buildViewAnswers(deps: Deps) {
  const held = new LRUCache<string, string>({ maxSize: heldBytes, sizeCalculation: (body) => body.length + 200 });

  return async function readViewAnswer(actor: Actor, options: { isFresh: boolean }): Promise<ViewAnswer> {
    const key = options.isFresh ? null : await findKey(deps, actor);
    const body = key === null ? undefined : held.get(key);
    if (key !== null && body !== undefined) return { body, etag: `"${key}"` };
    const view = await getView(deps, actor, options);
    const answer = JSON.stringify(view);
    const isKept = key !== null && 'stale' in view && !view.stale && key === (await findKey(deps, actor));
    if (isKept) held.set(key, answer);
    return { body: answer, etag: isKept ? `"${key}"` : null };
  };
}

/** Null while something the answer needs is missing, old or failing. */
async function findKey(deps: Deps, actor: Actor): Promise<string | null> {
  const { session, rights } = actor;
  const { type } = session.claims.record;
  if (!rights.includes('view') || (type !== 'contact' && type !== 'company')) return null;
  const connection = await deps.store.connections.find(session.workspaceId);
  if (!isConnected(connection) || connection.status !== 'running') return null;
  const organisation = findOrganisation(connection);
  if (!organisation) return null;
  const links = await listLinks(deps, actor, connection.organisationId);
  const { workspaceId, organisationId } = connection;
  const versions = await deps.ledger.findFreshVersions(
    { workspaceId, organisationId, priority: 'person' },
    links.map(({ contactId }) => contactId),
  );
  if (links.length === 0 || versions === null) return null;
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
    versions,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/** A contact's own link, or those of a company and its people. */
async function listLinks(deps: Deps, { session }: Actor, organisationId: string): Promise<LinkRow[]> {
  const { record } = session.claims;
  if (record.type !== 'contact') {
    return deps.store.links.list(session.workspaceId, organisationId, listNamedRecords(session));
  }
  const link = await deps.store.links.find(session.workspaceId, organisationId, { type: 'contact', id: record.id });
  return link ? [link] : [];
}
