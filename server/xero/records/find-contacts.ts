import { getContacts } from '#server/xero/endpoints/contacts.ts';
import { longestPage } from '#server/xero/endpoints/limits.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Reading } from '#server/xero/xero-deps.ts';
import { AppError } from '#shared/app-error.ts';
import { findInPage, findSince, joinFound, matchText } from './find-rows.ts';
import type { FoundRecords, XeroTwin } from './records.ts';
import { toSameText } from './row-members.ts';
import { splitForFilter } from './value-chunks.ts';

const resource = 'contact';
const everyContact = { includeArchived: true, isFull: true, page: 1, pageSize: longestPage } as const;

/**
 * Contacts of exactly these names, ignoring case as Xero's own uniqueness does. Xero's filter `==` minds the case. So
 * names without an active contact are searched for again in lower case, up to 20 in one call. An organisation may have
 * too many contacts for that filter; then each is searched for alone.
 */
export async function findContactsByName(
  deps: Reading,
  caller: XeroCaller,
  names: readonly string[],
): Promise<FoundRecords> {
  const { chunks, unsafe } = splitForFilter(names);
  const found: FoundRecords[] = [];
  for (const chunk of chunks) {
    const exact = await findByFilter(deps, caller, chunk, chunk.map((name) => `Name=="${name}"`).join(' OR '));
    const missing = listMissing(chunk, exact.twins);
    found.push(exact, await findByLowerCase(deps, caller, missing));
  }
  found.push(await findByTerm(deps, caller, unsafe, 'Name'));
  return joinFound(found);
}

function listMissing(names: readonly string[], twins: readonly XeroTwin[]): string[] {
  const active = new Set(twins.filter(({ status }) => status === 'ACTIVE').map(({ name }) => toSameText(name ?? '')));
  return names.filter((name) => !active.has(toSameText(name)));
}

async function findByLowerCase(deps: Reading, caller: XeroCaller, names: readonly string[]): Promise<FoundRecords> {
  if (names.length <= 1) return findByTerm(deps, caller, names, 'Name');
  try {
    const filter = names.map((name) => `Name.ToLower()=="${name.toLowerCase()}"`).join(' OR ');
    return await findByFilter(deps, caller, names, filter);
  } catch (error) {
    if (error instanceof AppError && error.code === 'xero_rejected') return findByTerm(deps, caller, names, 'Name');
    throw error;
  }
}

function findByFilter(deps: Reading, caller: XeroCaller, names: readonly string[], where: string) {
  const question = getContacts({ where, ...everyContact });
  return findInPage(deps, caller, { resource, question, matches: matchText('Name', names) });
}

/** Xero's own search covers names and contact numbers, ignores case, and takes one text in a call. */
export async function findByTerm(
  deps: Reading,
  caller: XeroCaller,
  texts: readonly string[],
  member: 'Name' | 'ContactNumber',
): Promise<FoundRecords> {
  const found: FoundRecords[] = [];
  for (const searchTerm of texts) {
    const question = getContacts({ searchTerm, ...everyContact });
    found.push(await findInPage(deps, caller, { resource, question, matches: matchText(member, [searchTerm]) }));
  }
  return joinFound(found);
}

/** The numbers of contacts that changed since, or Xero's search for each. */
export function findContactsByNumber(
  deps: Reading,
  caller: XeroCaller,
  numbers: readonly string[],
  since: string | undefined,
): Promise<FoundRecords> {
  if (since === undefined) return findByTerm(deps, caller, numbers, 'ContactNumber');
  return findSince(deps, caller, {
    ...{ resource, since, matches: matchText('ContactNumber', numbers) },
    toQuestion: (at) => getContacts({ ...everyContact, ...at }),
  });
}
