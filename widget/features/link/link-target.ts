import type { RecordKey } from '#shared/contract/record.ts';
import type { Opened } from '#shared/contract/session/open.ts';
import type { View } from '#shared/contract/view.ts';

/** The record to link. Default: the session's own. `onLinked` gets the new view. */
export type LinkTarget = { record?: RecordKey; onLinked(view: View): void };

/** Change the version when the kept shape changes. */
const version = 'ledgerside:contact:1';

/** The key of a half-typed contact. It names the person, the open record, and the record to link. */
export function contactKey({ organisation, user, record }: Opened, linked?: RecordKey): string {
  const target = linked ?? record;
  return JSON.stringify([version, organisation?.id, user.id, record.type, record.id, target.type, target.id]);
}
