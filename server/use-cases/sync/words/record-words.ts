import type { PutKind } from '#shared/contract/sync/kinds.ts';
import { syncKindWords, titleOfKind } from '#shared/words/sync-kind-words.ts';

/** What a record says of itself, and what its history says. */
export const recordWords = {
  waits: {
    queued: 'Will be sent to Xero in a moment.',
    edited: 'Changed. Trying again in a moment.',
    needs_record: 'Waits for another record.',
    not_connected: 'Waits for Xero to be connected.',
    reconnect_needed: 'Waits for Xero to be connected again.',
    xero_paused: 'Xero asked us to wait.',
    day_spent: "Today's calls to Xero are used up. It will be sent tomorrow.",
    xero_failing: 'Xero is having a problem. Trying again.',
    outcome_unknown: "We're checking whether Xero saved this.",
    not_accepted: 'Waits for the CRM to accept it.',
  },
  /** What the history says of a look that ended well. */
  done: {
    made: (kind: PutKind, name: string) => `${titleOfKind(kind, 'one')} ${name} added in Xero`,
    changed: (kind: PutKind, name: string) => `${titleOfKind(kind, 'one')} ${name} changed in Xero`,
    removed: (kind: PutKind, name: string) => `${titleOfKind(kind, 'one')} ${name} is no longer in Xero`,
    adopted: (kind: PutKind, name: string) => `${titleOfKind(kind, 'one')} ${name} found in Xero`,
    kept: (kind: PutKind, name: string) => `${titleOfKind(kind, 'one')} ${name} stays in Xero`,
    same: (kind: PutKind, name: string) => `${titleOfKind(kind, 'one')} ${name} is in Xero`,
  },
  acted: {
    sync: 'Sync to Xero pressed',
    retry: 'Retry pressed',
    exclude: 'Left out',
    include: 'Included again',
    answer: 'Question answered',
  },
  brought: 'Came from Xero',
  goneInXero: 'Voided or deleted in Xero',
  accepted: 'Accepted by the CRM',
  undoing: 'Undo pressed for its run',
  reset: 'Reset: its match in Xero was forgotten',
  forgets: (kind: PutKind, name: string) => `${titleOfKind(kind, 'one')} ${name} stays in Xero, but is forgotten here.`,
  forgetsNothing: 'It has no match in Xero.',
  automatic: 'Automatic',
  needsRecord: (kind: PutKind, name: string) => `Waits for the ${syncKindWords[kind].one} ${name}.`,
  taken: 'Received from the CRM',
  removed: 'Deleted in the CRM',
};

/** What a note says. */
export const noteWords = {
  roundingLine: (currency: string, amount: string) => `A rounding line of ${amount} ${currency} was added.`,
  voided: 'It was voided in Xero.',
  deleted: 'It was deleted in Xero.',
  otherName: (name: string) => `It is called '${name}' in Xero. Changes of the name are not sent.`,
  kept: {
    items: 'Items stay in Xero. Remove this one there if it is no longer needed.',
    tracking: 'Tracking options stay in Xero. Remove this one there if it is no longer needed.',
    taxRates: 'Tax rates stay in Xero. Remove this one there if it is no longer needed.',
    accounts: 'Accounts stay in Xero. Remove this one there if it is no longer needed.',
    shared: 'Another record uses it as well, so it stays in Xero.',
    billedOrder: 'A billed order stays in Xero. Remove this one there if it is no longer needed.',
  },
};
