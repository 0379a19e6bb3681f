import type { DocumentKind, Finish } from '#shared/contract/document.ts';
import { kindWords } from '#widget/ui/documents/kind-words.ts';

export const formWords = {
  close: 'Close',
  date: 'Date',
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
  dropItem: (code: string) => `Remove item ${code}`,
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
  invoicedAlready: (numbers: string) => `Not copied because already invoiced: ${numbers}`,
  otherCurrency: (deal: string, own: string) =>
    `The deal is in ${deal}, but this document is in ${own}. Check the prices.`,
  subtotal: 'Subtotal',
  includes: (tax: string) => `includes ${tax}`,
  total: 'Total',
  incomplete: 'so far',
  taxByXero: 'Xero works out the tax of some lines when you save.',
  restored: (moment: string) => `We kept what you typed at ${moment}.`,
  restoredFiles: (names: string) => `Attach these files again: ${names}`,
  startOver: 'Start over',
  discardTitle: (kind: DocumentKind) => `Discard this ${kindWords[kind].name}?`,
  discardText: 'Nothing has been saved to Xero.',
  discard: 'Discard',
  keep: 'Keep editing',
};

/** `for Harbour Lights`. */
export function forWhom(kind: DocumentKind, contact: string): string {
  return `${kindWords[kind].preposition} ${contact}`;
}

export const saveWords = {
  moreWays: 'More ways to save',
  finishes: {
    draft: 'Save draft',
    submit: 'Submit for approval',
    approve: 'Approve',
    approve_and_email: 'Approve and e-mail…',
  } satisfies Record<Finish, string>,
  emailTitle: 'Approve and e-mail?',
  emailText: (email: string) => `Xero sends the invoice to ${email}. You can’t undo this.`,
  email: 'Approve and e-mail',
  failed: (kind: DocumentKind) => `Couldn’t save the ${kindWords[kind].name}`,
  fields: (count: number) => (count === 1 ? 'Fix 1 field' : `Fix ${count} fields`),
  unknownTitle: 'We’re checking whether Xero saved this',
  unknown: 'Retry to find out. It never creates a second one. Until then you can’t change this form.',
  severalTitle: 'Several documents in Xero may be this one',
  several: 'Close this form, then choose the right one beside the figures.',
  saving: 'Saving in Xero…',
};

export const savedWords = {
  saved: (kind: DocumentKind, number: string | null) =>
    `${kindWords[kind].title} ${number ?? ''} saved in Xero`.replace('  ', ' '),
  as: (status: string) => {
    if (status === 'SUBMITTED') return 'Saved in Xero, awaiting approval';
    return status === 'DRAFT' ? 'Saved in Xero as a draft' : 'Approved in Xero';
  },
  done: 'Done',
  status: 'Status',
  total: 'Total',
};

export const attachWords = {
  title: 'Attachments',
  pick: 'Attach files',
  limits: 'Drop, paste or choose up to 10 files of 10 MB each',
  full: '10 of 10 files: Xero accepts no more',
  drop: 'Drop to attach',
  remove: (name: string) => `Remove ${name}`,
  tooLarge: (name: string) => `${name} is larger than 10 MB.`,
  tooMany: (names: string) => `Xero accepts 10 files per document. Not added: ${names}`,
  empty: (name: string) => `${name} is empty.`,
  waiting: 'uploads when you save',
  queued: 'waiting',
  sending: (percent: number) => `${percent} %`,
  done: 'attached',
  retry: (name: string) => `Retry ${name}`,
  left: (count: number) => (count === 1 ? '1 file is not attached yet' : `${count} files are not attached yet`),
  allDone: (count: number) => (count === 1 ? '1 file attached' : `${count} files attached`),
};

/** What is wrong with typed text. What the server checks too is in the shared words of field errors. */
export const problemWords = {
  noLines: 'Add at least one line.',
  description: 'Enter a description.',
  number: 'Enter a number.',
  price: 'Enter a price.',
  discount: 'Enter a percentage from 0 to 100.',
};

export const unfinishedWords = {
  title: (kind: DocumentKind, number: string | null, total: string | null) =>
    `${number === null ? kindWords[kind].withArticle : `${kindWords[kind].title} ${number}`}${total === null ? '' : ` for ${total}`} is not confirmed by Xero yet`,
  saved: (moment: string) => `Saved at ${moment}. Checking never creates a second one.`,
  check: 'Check',
  undecided: 'Which of these documents in Xero is it?',
  adopt: 'This one',
  adoptNumber: (number: string) => `Use ${number}`,
  discard: 'None of these: discard',
  failed: 'Couldn’t check',
  found: (kind: DocumentKind, number: string | null) => `${kindWords[kind].title} ${number ?? ''} is in Xero`,
  gone: 'Discarded: Xero has no such document',
};
