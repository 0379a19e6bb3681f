import type { RecordRow } from '#server/store/tables/records/record-store.ts';

/** What people call a record: its number in Xero, or its title. The number of a contact is ours, and nobody knows it. */
export function nameRecord({ kind, title, key }: RecordRow, number: string | null | undefined): string {
  const isContact = kind === 'customers' || kind === 'suppliers';
  return (isContact ? title : (number ?? title)) ?? key;
}
