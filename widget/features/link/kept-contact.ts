import type { Opened } from '#shared/contract/open.ts';
import type { RecordKey } from '#shared/contract/record.ts';

/** The version changes with the shape of what is kept. */
const version = 'ledgerside:contact:1';

/** Where a half-typed contact is kept: a person, the record that is open, and the one that gets linked. */
export function contactKey({ organisation, user, record }: Opened, linked?: RecordKey): string {
  const target = linked ?? record;
  return JSON.stringify([version, organisation?.id, user.id, record.type, record.id, target.type, target.id]);
}
