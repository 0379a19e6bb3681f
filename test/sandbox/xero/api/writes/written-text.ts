import type { HistoryEntry } from '../../records/types.ts';
import type { ApiCall } from '../route.ts';

type Written = {
  /** Undefined for a document created just now. */
  before: string | undefined;
  status: string;
  number: string;
  contactId: string;
  CurrencyCode: string;
  Total: number;
};

const changes: Record<string, string> = {
  AUTHORISED: 'Approved',
  SUBMITTED: 'Submitted',
  VOIDED: 'Voided',
  DELETED: 'Deleted',
  SENT: 'Sent',
  ACCEPTED: 'Accepted',
  DECLINED: 'Declined',
  INVOICED: 'Invoiced',
};

/** The text that a write adds to a document's history. */
export function writtenText({ books, sandbox }: ApiCall, written: Written): Pick<HistoryEntry, 'Changes' | 'Details'> {
  const { before, status, number, contactId, CurrencyCode, Total } = written;
  const edited = before === status ? 'Edited' : (changes[status] ?? 'Edited');
  const name = books.contacts.get(contactId)?.Name ?? '';
  const what = `${number || 'The document'} to ${name} for ${CurrencyCode} ${Total.toFixed(2)}`;
  return {
    Changes: before === undefined ? 'Created' : edited,
    Details: `${what}, status ${status}, through the Xero API using ${sandbox.app.name}`,
  };
}
