import { findShownRecord } from '#server/identity/session.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import { AppError } from '#shared/app-error.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import { documentRefusals, noteWords } from './words.ts';

/** The record that the widget is shown for. Everything added in the widget belongs to it. */
export function getSessionRecord({ principal: person }: PersonActing): RecordRef {
  const record = findShownRecord(person.session);
  if (!record) throw new AppError('not_found', { detail: documentRefusals.noDocuments });
  return record;
}

/** The text of the history note in Xero: who added the document, and from where. */
export async function toNote(acting: PersonActing): Promise<string> {
  const { deps, caller, principal: person } = acting;
  const workspace = await deps.workspaces.find(caller.workspaceId);
  return noteWords.added({
    workspace: workspace?.name ?? caller.workspaceId,
    user: person.session.user.name,
    record: getSessionRecord(acting),
  });
}

/**
 * The link behind Xero's "Go to …": the record in the CRM, with the write's id to find the document by. The id is in
 * the fragment, which servers do not receive, unless the CRM uses fragments for its own pages.
 */
export function toSourceUrl({ record }: { record: { url?: string | undefined } }, writeId: string): string {
  if (record.url === undefined) throw new AppError('not_found', { detail: documentRefusals.noDocuments });
  const url = new URL(record.url);
  if (url.hash === '') url.hash = `${sourceMark}${writeId}`;
  else url.searchParams.set('ledgerside', writeId);
  return url.href;
}

/** Precedes the write's id, in either place. */
export const sourceMark = 'ledgerside=';

/** The parts of an address made by `toSourceUrl`; undefined for any other address. */
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
