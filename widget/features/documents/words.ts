import type { DocumentKind } from '#shared/contract/document.ts';
import type { DocumentAction } from '#shared/contract/document-actions.ts';
import type { OpenedDocument } from '#shared/contract/documents.ts';
import { sayFieldError } from '#shared/words/field-error-words.ts';
import { kindWords } from '#widget/ui/documents/kind-words.ts';

export const listWords = {
  back: 'Back to the figures',
  tabs: 'Document types',
  searchHint: 'Number or reference',
  status: 'Status',
  sort: 'Sort by',
  contact: 'Xero contact',
  everyContact: 'All contacts',
  clear: 'Clear filters',
  showClosed: 'Show closed',
  columns: {
    number: 'Number',
    contact: 'Contact',
    date: 'Date',
    status: 'Status',
    total: 'Total',
    due: 'Amount due',
    open: 'Xero',
    choose: 'Deal',
  },
  of: (total: string) => `of ${total}`,
  openInXero: (title: string) => `Open ${title} in Xero`,
  suggested: 'Suggested',
  choose: (title: string) => `${title} belongs to this deal`,
  chosen: (title: string) => `${title} added to the deal`,
  unchosen: (title: string) => `${title} removed from the deal`,
  chooseFailed: 'Couldn’t change the deal’s documents',
  noSuch: 'No matching documents',
  noSuchHint: 'Try another number, reference or status.',
  range: (from: string, to: string, total: string) => `${from}–${to} of ${total}`,
  /** A total that does not count all documents. */
  atLeast: (total: string) => `${total}+`,
  partial: (day: string) =>
    `Quotes dated ${day} or earlier may be missing, as Xero returns only 100 per call. You can see all of them in Xero.`,
  pages: 'Pages',
  previous: 'Previous page',
  next: 'Next page',
  found: (count: string, one: boolean) => `${count} ${one ? 'document' : 'documents'}`,
};

export const filterWords = {
  open: 'Open',
  closed: 'Closed',
  allOpen: 'All open',
  allClosed: 'All closed',
  overdue: 'Overdue',
  expired: 'Expired',
};

export const sortWords = {
  overdue: 'Most overdue first',
  newest: 'Newest first',
  oldest: 'Oldest first',
  due: 'Due soonest first',
  expiry: 'Expiring soonest first',
  amount: 'Largest first',
  number: 'By number',
};

export const openedWords = {
  back: 'Back to the list',
  pdf: 'PDF',
  pdfFailed: 'Couldn’t get the PDF',
  actions: (title: string) => `Actions for ${title}`,
  total: 'Total',
  subTotal: 'Subtotal',
  tax: 'Tax',
  inTotal: 'in total',
  belongs: 'Belongs to this deal',
  date: 'Date',
  reference: 'Reference',
  lines: 'Lines',
  noLines: 'No lines in Xero',
  noDescription: 'No description',
  payments: 'Payments',
  credits: 'Credits',
  payment: 'Payment',
  item: (code: string) => `Item ${code}`,
  off: (percent: string) => `${percent} % off`,
  amountOff: (amount: string) => `${amount} off`,
};

/** `amount due, of AUD 8,280.00`, or without the total if nothing was paid. */
export function dueWords(total: string | null): string {
  return total === null ? 'amount due' : `amount due, of ${total}`;
}

/** `Credit note CN-12`. */
export function creditWords(kind: OpenedDocument['credits'][number]['kind'], number: string | null): string {
  const name = { credit_note: 'Credit note', prepayment: 'Prepayment', overpayment: 'Overpayment' }[kind];
  return number ? `${name} ${number}` : name;
}

export type ActionWords = {
  label: string;
  /** The question before the action; absent if the action can be undone. */
  ask?: { title: string; text: string; confirm: string };
  done: string;
};

/** The name of an action, the question before it, and the text after it. */
export function actionWords(action: DocumentAction, kind: DocumentKind, title: string): ActionWords {
  const name = kindWords[kind].name;
  switch (action) {
    case 'submit':
      return { label: 'Submit for approval', done: `${title} is awaiting approval in Xero` };
    case 'approve':
      return {
        label: 'Approve…',
        ask: {
          title: `Approve ${title}?`,
          text: `This posts the ${name} in Xero. You can then void it, but not delete it.`,
          confirm: 'Approve',
        },
        done: `${title} is approved in Xero`,
      };
    case 'email':
      return {
        label: 'E-mail…',
        ask: {
          title: `E-mail ${title}?`,
          text: 'Xero sends it to the contact’s address. You can’t undo this.',
          confirm: 'Send e-mail',
        },
        done: `${title} was e-mailed by Xero`,
      };
    case 'mark_sent':
      return { label: 'Mark as sent', done: `${title} is marked as sent` };
    case 'accept':
      return { label: 'Mark as accepted', done: `${title} is marked as accepted` };
    case 'decline':
      return { label: 'Mark as declined', done: `${title} is marked as declined` };
    case 'convert_to_invoice':
      return { label: 'Create invoice', done: `Invoice created from ${title}` };
    case 'delete':
      return {
        label: 'Delete…',
        ask: { title: `Delete ${title}?`, text: 'This deletes it in Xero. You can’t undo this.', confirm: 'Delete' },
        done: `${title} is deleted in Xero`,
      };
    case 'void':
      return {
        label: 'Void…',
        ask: {
          title: `Void ${title}?`,
          text: 'Xero stops counting it. You can’t undo this.',
          confirm: 'Void',
        },
        done: `${title} is voided in Xero`,
      };
  }
}

/** The question for the due date, if Xero knows no payment terms. */
export const dueDateWords = {
  title: 'When is the invoice due?',
  text: sayFieldError('terms_missing'),
  label: 'Due date',
};

export function actionFailed(action: DocumentAction, title: string) {
  return `Couldn’t ${action === 'email' ? 'e-mail' : 'change'} ${title}`;
}
export const actionUnknown = 'We don’t know yet whether Xero did this. Trying again never does it twice.';
