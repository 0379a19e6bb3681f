import type { Claims } from '#server/identity/claims.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import { AppError } from '#shared/app-error.ts';
import type { RecordRef } from '#shared/contract/record.ts';

/** The record the widget stands on: what it adds belongs to it. */
export function getSessionRecord({ principal: person }: PersonActing): RecordRef {
  const { record } = person.session.claims;
  if (record.type === 'settings') throw new AppError('not_found', { detail: 'Settings have no documents' });
  return { type: record.type, id: record.id, name: record.name };
}

/** The history note in Xero: who added it, from where. */
export async function toNote(acting: PersonActing): Promise<string> {
  const { deps, caller, principal: person } = acting;
  const workspace = await deps.workspaces.find(caller.workspaceId);
  const { type, name } = getSessionRecord(acting);
  return `Added from ${workspace?.name ?? caller.workspaceId} by ${person.session.user.name}, ${type} ${name}`;
}

/**
 * Where Xero's "Go to …" leads: the record in the CRM, with the write's id to find the document by. It stands in the
 * fragment, which no server sees, unless the CRM finds its way by fragments itself.
 */
export function toSourceUrl({ record }: Claims, writeId: string): string {
  const url = new URL(record.url);
  if (url.hash === '') url.hash = `${sourceMark}${writeId}`;
  else url.searchParams.set('ledgerside', writeId);
  return url.href;
}

/** Stands before the write's id, in either place. */
export const sourceMark = 'ledgerside=';

/** What `toSourceUrl` was made of; undefined for an address that is none of ours. */
export function readSourceUrl(text: string): { recordUrl: string; writeId: string } | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const inQuery = url.searchParams.get('ledgerside');
  const writeId = inQuery ?? (url.hash.startsWith(`#${sourceMark}`) ? url.hash.slice(sourceMark.length + 1) : '');
  if (writeId === '') return undefined;
  if (inQuery === null) url.hash = '';
  url.searchParams.delete('ledgerside');
  return { recordUrl: url.href, writeId };
}
