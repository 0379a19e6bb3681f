import { createHash, randomUUID } from 'node:crypto';
import type { Deps } from '#server/deps.ts';
import { startActing } from '#server/use-cases/acting/acting.ts';
import type { Connected } from '#server/use-cases/acting/organisation.ts';
import { type Person, requireRight } from '#server/use-cases/acting/principal.ts';
import { findContactUrl, toXeroPages } from '#server/use-cases/acting/xero-pages.ts';
import type { XeroCaller, XeroContactRow } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import type { searchContactsRoute } from '#shared/contract/contact.ts';
import type { RouteAnswer } from '#shared/contract/route.ts';
import type { XeroContact } from '#shared/contract/xero-contact.ts';
import { rankContacts } from './rank-contacts.ts';

/** The TTL of a search answer. Everybody who searches the same text shares it. */
const keepSeconds = 120;
/** Fewer than the gateway's search returns, so that we know when there are more. */
const shownAtMost = 50;

export type FoundContacts = RouteAnswer<typeof searchContactsRoute>;

/** Searches active contacts by name, people's names, e-mail or account number. */
export async function searchContacts(deps: Deps, person: Person, term: string): Promise<FoundContacts> {
  requireRight(person, 'link');
  const { connection, caller } = await startActing(deps, person);
  const found = await findContacts(deps, caller, term);
  // A second call is made only where it can help: when the term is not a plain name, or nothing was found.
  const isNumber = found.length === 0 || /[^\p{L}\s]/u.test(term);
  const byNumber = isNumber ? await findByAccountNumber(deps, caller, term) : [];
  const distinct = new Map([...byNumber, ...found].map((row) => [row.id, row]));
  const rows = rankContacts([...distinct.values()], term);
  return {
    contacts: rows.slice(0, shownAtMost).map((row) => toXeroContact(deps, connection, row)),
    ...(rows.length > shownAtMost && { hasMore: true as const }),
  };
}

function findByAccountNumber(deps: Deps, caller: XeroCaller, term: string): Promise<XeroContactRow[]> {
  const accountNumber = term.normalize('NFC').trim();
  return keepAnswer(deps, caller, `account-number:${accountNumber}`, () =>
    deps.xero.findContactsByAccountNumber(caller, accountNumber),
  );
}

/** Xero's own search, cached briefly by organisation and term. */
export async function findContacts(deps: Deps, caller: XeroCaller, term: string): Promise<XeroContactRow[]> {
  const normalised = term.normalize('NFC').trim().toLowerCase();
  return keepAnswer(deps, caller, `term:${normalised}`, () => deps.xero.searchContacts(caller, normalised));
}

/** Call after a contact was added, because cached answers lack it. */
export async function forgetSearches({ cache }: Pick<Deps, 'cache'>, organisationId: string): Promise<void> {
  // Kept longer than any answer cached under the previous version.
  await cache.set(versionKey(organisationId), randomUUID(), 2 * keepSeconds).catch(() => undefined);
}

function versionKey(organisationId: string) {
  return `search-version:${organisationId}`;
}

async function keepAnswer(
  { cache }: Deps,
  { organisationId }: XeroCaller,
  question: string,
  ask: () => Promise<XeroContactRow[]>,
): Promise<XeroContactRow[]> {
  const version = (await cache.get(versionKey(organisationId)).catch(() => undefined)) ?? '';
  const hash = createHash('sha256').update(`${version}:${question}`).digest('base64url');
  const key = `search:${organisationId}:${hash}`;
  const kept = await cache.get(key).catch(() => undefined);
  if (kept !== undefined) return JSON.parse(kept) as XeroContactRow[];
  const rows = (await ask()).filter(({ isArchived }) => !isArchived);
  await cache.set(key, JSON.stringify(rows), keepSeconds).catch(() => undefined);
  return rows;
}

export function toXeroContact(deps: Deps, connection: Connected, row: XeroContactRow): XeroContact {
  const { id, name, email, accountNumber } = row;
  return { id, name, email, accountNumber, url: findContactUrl(toXeroPages({ deps, connection }), id) };
}

/** Reads a contact for linking. A merged contact is replaced by the one it was merged into. */
export async function getActiveContact(deps: Deps, caller: XeroCaller, contactId: string): Promise<XeroContactRow> {
  const row = await deps.xero.getContact(caller, contactId);
  if (row.isArchived) throw new AppError('contact_archived');
  return row;
}
