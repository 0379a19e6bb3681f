import type { DocumentKind, Finish } from '#shared/contract/document.ts';

/** How a kind is named within a sentence, and at its start. */
export const kindNames = { quote: 'quote', invoice: 'invoice', bill: 'bill' } as const satisfies Record<
  DocumentKind,
  string
>;
export const kindTitles = { quote: 'Quote', invoice: 'Invoice', bill: 'Bill' } as const satisfies Record<
  DocumentKind,
  string
>;
const withArticle = { quote: 'A quote', invoice: 'An invoice', bill: 'A bill' } as const;

export const formWords = {
  close: 'Close',
  cancel: 'Cancel',
  date: 'Date',
  until: { quote: 'Expires', invoice: 'Due', bill: 'Due' },
  title: 'Title',
  summary: 'Summary',
  terms: 'Terms',
  reference: 'Reference',
  number: 'Bill number',
  currency: 'Currency',
  amountsAre: 'Amounts are',
  amountTypes: { exclusive: 'Tax exclusive', inclusive: 'Tax inclusive', none: 'No tax' },
  branding: 'Branding theme',
  more: 'More',
  lines: 'Lines',
  line: (place: number) => `Line ${place}`,
  item: 'Item or description',
  description: 'Description',
  itemTag: (code: string) => `Item ${code}`,
  dropItem: (code: string) => `Without item ${code}`,
  quantity: 'Qty',
  price: 'Price',
  discount: 'Disc %',
  account: 'Account',
  tax: 'Tax',
  tracking: 'Tracking',
  amount: 'Amount',
  removeLine: (place: number) => `Remove line ${place}`,
  addLine: 'Add line',
  copyFromDeal: 'Copy from deal',
  copied: (count: number) => `${count} ${count === 1 ? 'line' : 'lines'} copied from the deal`,
  invoicedAlready: (numbers: string) => `Left out, invoiced already: ${numbers}`,
  otherCurrency: (deal: string, own: string) => `The deal is in ${deal}, this document in ${own}: check the prices.`,
  subtotal: 'Subtotal',
  includes: (tax: string) => `includes ${tax}`,
  total: 'Total',
  incomplete: 'so far',
  taxByXero: 'Xero works out the tax of lines without a rate here.',
  restored: (moment: string) => `What you had typed at ${moment} is here again.`,
  restoredFiles: (names: string) => `Attach once more: ${names}`,
  startOver: 'Start over',
  discardTitle: (kind: DocumentKind) => `Discard this ${kindNames[kind]}?`,
  discardText: 'Nothing of it was saved in Xero.',
  discard: 'Discard',
  keep: 'Go on',
  noMatch: 'Nothing like that',
};

/** A bill comes from its contact, the others go there. */
export function forWhom(kind: DocumentKind, contact: string): string {
  return `${kind === 'bill' ? 'from' : 'for'} ${contact}`;
}

export const saveWords = {
  save: { quote: 'Save quote', invoice: 'Save draft', bill: 'Save draft' },
  moreWays: 'More ways to save',
  finishes: {
    draft: 'Save draft',
    submit: 'Submit for approval',
    approve: 'Approve',
    approve_and_email: 'Approve and e-mail…',
  } satisfies Record<Finish, string>,
  emailTitle: 'Approve and e-mail?',
  emailText: (email: string) => `Xero sends the invoice to ${email}. A sent e-mail cannot be taken back.`,
  email: 'Approve and e-mail',
  failed: (kind: DocumentKind) => `Could not save the ${kindNames[kind]}`,
  fields: (count: number) => (count === 1 ? '1 field needs another look' : `${count} fields need another look`),
  unknownTitle: 'We do not know yet whether Xero saved it',
  unknown: 'Retry finds out, and never makes a second one. Nothing can be changed until then.',
  severalTitle: 'Several documents in Xero could be this one',
  several: 'Close this form: they stand beside the figures, where you say which it is.',
  retry: 'Retry',
  saving: 'Saving in Xero…',
};

export const savedWords = {
  saved: (kind: DocumentKind, number: string | null) =>
    `${kindTitles[kind]} ${number ?? ''} saved in Xero`.replace('  ', ' '),
  title: (kind: DocumentKind, number: string | null) => (number ? `${kindTitles[kind]} ${number}` : kindTitles[kind]),
  as: (status: string) => {
    if (status === 'SUBMITTED') return 'Saved in Xero, awaiting approval';
    return status === 'DRAFT' ? 'Saved in Xero as a draft' : 'Approved in Xero';
  },
  open: 'Open in Xero',
  done: 'Done',
  status: 'Status',
  total: 'Total',
  due: { quote: 'Expires', invoice: 'Due', bill: 'Due' },
  differs: (xero: string, form: string) =>
    `Xero’s total is ${xero}; the form said ${form}. Xero’s is the one that counts.`,
};

export const attachWords = {
  title: 'Attachments',
  pick: 'Attach files',
  limits: 'Drop, paste or pick: up to 10 files of 10 MB each',
  full: '10 of 10 files: Xero takes no more',
  drop: 'Drop to attach',
  remove: (name: string) => `Remove ${name}`,
  tooLarge: (name: string) => `${name} is larger than 10 MB.`,
  tooMany: (names: string) => `Xero takes 10 files a document. Left out: ${names}`,
  empty: (name: string) => `${name} is empty.`,
  waiting: 'goes after saving',
  queued: 'waiting',
  sending: (percent: number) => `${percent} %`,
  done: 'attached',
  retry: (name: string) => `Retry ${name}`,
  retryShort: 'Retry',
  left: (count: number) => (count === 1 ? '1 file is not attached yet' : `${count} files are not attached yet`),
  allDone: (count: number) => (count === 1 ? '1 file attached' : `${count} files attached`),
};

export const problemWords = {
  date: 'Type a date, such as 24 Dec 2026.',
  locked: (date: string) => `The books are locked up to ${date}. Choose a later date.`,
  tooEarly: 'That is before the quote’s own date.',
  noLines: 'A document needs a line.',
  contactArchived: 'This contact is archived in Xero. Restore it there first.',
  description: 'Say what this is.',
  number: 'Type a number.',
  price: 'Type a price.',
  cents: 'Prices on quotes have two decimals.',
  discount: 'Type a percentage from 0 to 100.',
  account: 'Choose an account.',
  taxUnsuited: (tax: string, account: string) => `${tax} cannot stand with ${account}. Choose another.`,
};

export const unfinishedWords = {
  title: (kind: DocumentKind, number: string | null, total: string | null) =>
    `${number === null ? withArticle[kind] : `${kindTitles[kind]} ${number}`}${total === null ? '' : ` of ${total}`} was not confirmed by Xero`,
  saved: (moment: string) => `Saved at ${moment}. Checking never makes a second one.`,
  check: 'Check',
  undecided: 'These in Xero could be it. Which one is?',
  adopt: 'This one',
  adoptNumber: (number: string) => `It is ${number}`,
  discard: 'None of them, give it up',
  failed: 'Could not check',
  found: (kind: DocumentKind, number: string | null) => `${kindTitles[kind]} ${number ?? ''} stands in Xero`,
  gone: 'Given up: Xero has no document of it',
};
