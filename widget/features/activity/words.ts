import type { AuditEntry } from '#shared/contract/audit.ts';
import type { Right } from '#shared/contract/record.ts';

export const activityWords = {
  title: 'Activity',
  hint: 'Who did what, and when. Nothing in it can be changed or removed; disconnecting keeps it.',
  show: 'Show activity',
  hide: 'Hide',
  person: 'Who did it',
  everybody: 'Everybody',
  action: 'What was done',
  everything: 'Everything',
  exportCsv: 'Export CSV',
  exportFailed: 'Could not export',
  exported: 'Activity exported',
  nothing: 'Nothing has been done yet.',
  nothingFits: 'Nothing fits this choice.',
  older: 'Show older',
  shown: (count: string) => `${count} shown`,
  details: 'Details',
  nobody: 'nothing',
  from: (before: string) => `before: ${before}`,
  record: 'CRM record',
  contact: 'Xero contact',
  document: 'Document id',
  requestId: 'Request id',
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

const defaultNames: Readonly<Record<string, string>> = {
  salesAccountCode: 'Sales account',
  purchasesAccountCode: 'Purchases account',
  salesTaxType: 'Sales tax',
  purchasesTaxType: 'Purchases tax',
};

/** What a change is about, in words where it is one of our own. */
export function changedName(name: string): string {
  return defaultNames[name] ?? name;
}

/** Rights are written down by their names in the contract. */
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

export const recordKinds = { contact: 'CRM contact', company: 'CRM company', deal: 'CRM deal' } as const;

const kinds = { quote: 'Quote', invoice: 'Invoice', bill: 'Bill' } as const;

/** `Invoice INV-0099`; without a number by its kind alone. */
export function documentName({ kind, number }: NonNullable<AuditEntry['document']>): string {
  const name = kind === null ? 'Document' : kinds[kind];
  return number === null ? name : `${name} ${number}`;
}
