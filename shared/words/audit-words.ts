import { connectWords } from './connect-words.ts';
import { reconnectWords } from './reconnect-words.ts';

/**
 * The actions in the audit and their titles for people: when done, and when the attempt failed. This file does not
 * import zod, so that the widget can use it.
 */
export const auditActionWords = {
  connect: ['Connected to Xero', 'connect to Xero'],
  disconnect: ['Disconnected from Xero', 'disconnect from Xero'],
  reconnect_needed: ['The connection to Xero ended', null],
  restore: ['Restored a copy of the database', 'restore a copy of the database'],
  reseal: ['Encrypted stored secrets with the new key', 'encrypt stored secrets with the new key'],
  change_access: ['Changed access', 'change access'],
  change_defaults: ['Changed the defaults', 'change the defaults'],
  link: ['Linked a record', 'link a record'],
  unlink: ['Unlinked a record', 'unlink a record'],
  move_link: ['Moved a link to the merged contact', 'move a link to the merged contact'],
  create_contact: ['Added a contact in Xero', 'add a contact in Xero'],
  create_quote: ['Added a quote', 'add a quote'],
  create_invoice: ['Added an invoice', 'add an invoice'],
  create_bill: ['Added a bill', 'add a bill'],
  document_submit: ['Submitted for approval', 'submit for approval'],
  document_approve: ['Approved', 'approve'],
  document_email: ['E-mailed to the customer', 'e-mail to the customer'],
  document_mark_sent: ['Marked as sent', 'mark as sent'],
  document_accept: ['Marked as accepted', 'mark as accepted'],
  document_decline: ['Marked as declined', 'mark as declined'],
  document_convert_to_invoice: ['Marked as invoiced', 'mark as invoiced'],
  document_delete: ['Deleted', 'delete'],
  document_void: ['Voided', 'void'],
  attach_file: ['Attached a file', 'attach a file'],
  choose_document: ['Chose a document for a deal', 'choose a document for a deal'],
  drop_document: ['Removed a document from a deal', 'remove a document from a deal'],
  change_sync: ['Changed the settings of sync', 'change the settings of sync'],
  reset_sync: ['Reset sync', 'reset sync'],
  sync_create: ['Sent a record to Xero', 'send a record to Xero'],
  sync_update: ['Sent changes of a record to Xero', 'send changes of a record to Xero'],
  sync_remove: ['Removed a record from Xero', 'remove a record from Xero'],
  discard_write: ['Discarded an unfinished document', 'discard an unfinished document'],
} as const satisfies Record<string, readonly [done: string, tried: string | null]>;

export type AuditAction = keyof typeof auditActionWords;

/** The filters of the audit, in the order in which they are offered. */
export const auditActionGroups = {
  'Connection and access': [
    'connect',
    'disconnect',
    'reconnect_needed',
    'reseal',
    'restore',
    'change_access',
    'change_defaults',
  ],
  Contacts: ['link', 'unlink', 'move_link', 'create_contact'],
  'New documents': ['create_quote', 'create_invoice', 'create_bill', 'discard_write'],
  'Changes to documents': [
    'document_submit',
    'document_approve',
    'document_email',
    'document_mark_sent',
    'document_accept',
    'document_decline',
    'document_convert_to_invoice',
    'document_delete',
    'document_void',
    'attach_file',
  ],
  Sync: ['change_sync', 'reset_sync', 'sync_create', 'sync_update', 'sync_remove'],
  Deals: ['choose_document', 'drop_document'],
} as const satisfies Record<string, readonly AuditAction[]>;

/**
 * The title of an action, done or attempted. An unknown action, from a later or earlier release, is shown as it was
 * stored.
 */
export function auditActionTitle({ action, outcome }: { action: string; outcome: string }): string {
  if (!isAuditAction(action)) return action.replaceAll('_', ' ');
  const [done, tried] = auditActionWords[action];
  return tried === null || doneOutcomes.includes(outcome) ? done : `Tried to ${tried}`;
}

function isAuditAction(action: string): action is AuditAction {
  return Object.hasOwn(auditActionWords, action);
}

const outcomeWords: Readonly<Record<string, string>> = {
  // Why a connection ended, and why connecting failed.
  ...reconnectWords,
  ...Object.fromEntries(Object.entries(connectWords).map(([reason, { title }]) => [reason, title])),
  was_not_linked: 'It was not linked',
  unknown: 'Xero’s answer was lost',
  undecided: 'Several documents match',
  not_made: 'Nothing was made in Xero',
  failed: 'It failed',
  changed: 'The quote’s total changed',
  // Why Xero was not asked to do something.
  xero_rejected: 'Xero refused it',
  calls_paced: 'We were waiting to call Xero',
  xero_rate_limited: 'Xero asked us to wait',
  xero_day_limit: 'Today’s calls to Xero were used up',
  xero_unauthorized: 'Xero refused our sign-in',
  xero_forbidden: 'Xero does not allow it',
  xero_not_found: 'It no longer existed in Xero',
  reconnect_needed: 'Xero has to be connected again',
  not_connected: 'Xero was not connected',
};

/** Outcomes of an act that did exactly what its name says. */
const plainOutcomes = [
  'connected',
  'disconnected',
  'saved',
  'linked',
  'unlinked',
  'moved',
  'created',
  'done',
  'attached',
  'chosen',
  'dropped',
  'discarded',
  'resealed',
  'restored',
];

/** Also outcomes that did more than the name says. */
const doneOutcomes = [...plainOutcomes, 'changed'];

/** Null when the act did exactly what its name says. */
export function auditOutcomeNote(outcome: string): string | null {
  if (plainOutcomes.includes(outcome)) return null;
  return outcomeWords[outcome] ?? outcome.replaceAll('_', ' ');
}

/** The name of a change for people. The audit stores codes for our own; others are names, and stay as they are. */
export function auditChangeName(name: string): string {
  return name === 'missing_since' ? 'Entries are missing since' : name;
}
