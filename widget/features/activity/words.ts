import type { AuditEntry } from '#shared/contract/audit.ts';
import type { Right } from '#shared/contract/record.ts';
import { auditChangeName } from '#shared/words/audit-words.ts';
import { defaultNames } from '#widget/ui/default-words.ts';
import { kindWords } from '#widget/ui/documents/kind-words.ts';

export const activityWords = {
  title: 'Activity',
  hint: 'Who did what, and when. This log can’t be edited and is kept after you disconnect.',
  show: 'Show activity',
  hide: 'Hide',
  person: 'Person',
  everybody: 'Everyone',
  action: 'Action',
  everything: 'All actions',
  exportCsv: 'Export CSV',
  exportFailed: 'Couldn’t export',
  exported: 'Activity exported',
  nothing: 'No activity yet.',
  nothingFits: 'No activity matches these filters.',
  older: 'Show older',
  shown: (count: string) => `${count} shown`,
  details: 'Details',
  nobody: 'none',
  from: (before: string) => `before: ${before}`,
  record: 'CRM record',
  contact: 'Xero contact',
  document: 'Document ID',
  requestId: 'Request ID',
  outcome: 'Outcome',
} as const;

const rightNames: Record<Right, string> = {
  view: 'invoices and quotes',
  viewBills: 'bills',
  link: 'linking',
  quotes: 'adding quotes',
  invoices: 'adding invoices',
  bills: 'adding bills',
};

/** The name of a change. Our own names become words, others stay as they are. */
export function changedName(name: string): string {
  const defaults: Readonly<Record<string, string>> = defaultNames;
  return defaults[name] ?? auditChangeName(name);
}

/** The audit stores rights by their names in the contract. */
export function changedValue(value: string | null): string {
  if (value === null) return activityWords.nobody;
  return value
    .split(', ')
    .map((part) => (isRight(part) ? rightNames[part] : part))
    .join(', ');
}

function isRight(text: string): text is Right {
  return Object.hasOwn(rightNames, text);
}

/** Not from the words of the kinds: they would be a file of their own, whose name makes the first paint larger. */
export const recordTypeWords = {
  contact: 'CRM contact',
  company: 'CRM company',
  deal: 'CRM deal',
  customer: 'CRM customer',
  supplier: 'CRM supplier',
  item: 'CRM item',
  invoice: 'CRM invoice',
  payment: 'CRM payment',
  expense: 'CRM expense',
  'purchase-order': 'CRM purchase order',
  'supplier-credit': 'CRM supplier credit',
  'customer-credit': 'CRM customer credit note',
  tracking: 'CRM tracking option',
  'tax-rate': 'CRM tax rate',
  'payment-method': 'CRM payment method',
} as const satisfies Record<NonNullable<AuditEntry['record']>['type'], string>;

/** `Invoice INV-0099`, or the kind alone if there is no number. */
export function documentName({ kind, number }: NonNullable<AuditEntry['document']>): string {
  const name = kind === null ? 'Document' : kindWords[kind].title;
  return number === null ? name : `${name} ${number}`;
}
