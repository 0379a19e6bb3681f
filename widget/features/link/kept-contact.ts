import type { Opened } from '#shared/contract/open.ts';
import type { RecordKey } from '#shared/contract/record.ts';

/** Change the version when the kept shape changes. */
const version = 'ledgerside:contact:1';

/** The key of a half-typed contact. It names the person, the open record, and the record to link. */
export function contactKey({ organisation, user, record }: Opened, linked?: RecordKey): string {
  const target = linked ?? record;
  return JSON.stringify([version, organisation?.id, user.id, record.type, record.id, target.type, target.id]);
}
