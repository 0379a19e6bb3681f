import type { BillStatus, Mode } from '#shared/contract/sync/rules.ts';
import type { RunOutcome, RunStatus, RunType } from '#shared/contract/sync/runs.ts';

export const syncWords = {
  title: 'Sync with Xero',
  on: 'Sync is on',
  off: 'Sync is off',
  tabs: 'Sync sections',
  more: 'Show more',
  unsaved: 'Unsaved changes',
  save: 'Save',
  discard: 'Discard',
  saveFailed: 'Couldn’t save',
  actFailed: 'Couldn’t do that',
};

export const tabWords = {
  overview: 'Overview',
  inbox: 'Inbox',
  mapping: 'Mapping',
  rules: 'Rules',
  runs: 'Runs',
  reset: 'Reset',
};

export const overviewWords = {
  off: 'Nothing is sent to Xero yet',
  offReason: 'Records from the CRM are kept until then. Turn sync on under Rules.',
  toRules: 'Open Rules',
  paused: 'Xero asked us to wait',
  pausedUntil: (moment: string) => `Sync continues automatically at ${moment}.`,
  notConnected: 'Xero is not connected',
  reconnect: 'Xero needs to be connected again',
  connectReason: 'Records wait until then. After that they are sent automatically.',
  kinds: 'Kinds of records',
  sendKind: (kind: string) => `Send ${kind} to Xero`,
  toXero: 'To Xero',
  counts: (kind: string) => `${kind} by state`,
  toDo: (count: string, isOne: boolean) =>
    isOne ? `${count} record needs attention` : `${count} records need attention`,
  toDoReason: 'The inbox says why and what to do.',
  toInbox: 'Open Inbox',
  toSend: (count: string, isOne: boolean) =>
    isOne ? `${count} record waits to be sent` : `${count} records wait to be sent`,
  nothingToDo: 'Nothing to do',
  allIn: 'Everything is in Xero',
  allInReason: 'Nobody has to do anything.',
  empty: 'No records yet',
  days: (days: string, sent: string, problems: string) => `Last ${days} days: ${sent} sent, ${problems} held up`,
  last: (moment: string) => `Last run ${moment}`,
  next: (moment: string) => `Next ${moment}`,
};

export const inboxWords = {
  causes: 'What is holding records up',
  allCauses: (count: string) => `Show all ${count} reasons`,
  recordsOf: (count: number) => (count === 1 ? 'record' : 'records'),
  held: (count: string, kind: string) => `${count} ${kind}`,
  show: 'Show',
  showThese: (cause: string) => `Show the records: ${cause}`,
  records: 'Records',
  search: 'Search by name or number',
  kind: 'Kind',
  everyKind: 'All kinds',
  state: 'State',
  toDo: 'To do',
  everyState: 'All states',
  reason: 'Reason',
  everyReason: 'All reasons',
  onlyCause: (message: string) => `Only: ${message}`,
  everyCause: 'Show all reasons',
  exportCsv: 'Export CSV',
  exported: 'Records exported',
  exportFailed: 'Couldn’t export',
  found: (count: string) => `${count} found`,
  none: 'Nothing needs attention.',
  noneFound: 'No records match.',
  clear: 'Clear filters',
  pages: 'Pages',
  range: (from: string, to: string, total: string) => `${from}–${to} of ${total}`,
  previous: 'Previous',
  next: 'Next',
  choose: (name: string) => `Select ${name}`,
  selectPage: 'Select all on this page',
  selectAll: (count: string) => `Select all ${count}`,
  selected: (count: string) => `${count} selected`,
  clearSelection: 'Clear selection',
  dryRun: 'Dry run',
  answerAll: 'Same answer for all:',
  answerTitle: (label: string, count: string) => `${label}, for all ${count}?`,
  outTitle: (count: string) => `Leave out ${count}?`,
  outText: 'They are not sent until a person includes them again. What is in Xero stays there.',
  actOn: (act: string, name: string) => `${act}: ${name}`,
  xeroSays: 'Xero says',
  field: 'Field',
  since: 'Since',
  nextTry: 'Next try',
  crmId: 'CRM ID',
  xeroNumber: 'Number in Xero',
};

/** Choices that have another label on each record, in words that fit all. */
export const choiceWords: Readonly<Record<string, { label: string; effect: string }>> = {
  send_due: { label: 'Send what is due', effect: 'The rest of each payment stays in the CRM.' },
  adopt: { label: 'Use what is in Xero', effect: 'Each record is matched to the document in Xero with its number.' },
  keep_xero: { label: 'Keep Xero’s', effect: 'Xero stays as it is.' },
  send_crm: { label: 'Send the CRM’s', effect: 'The CRM’s version replaces the one in Xero.' },
  create: { label: 'Add new contacts', effect: 'Each becomes a new contact in Xero.' },
  make_again: { label: 'Add them again', effect: 'Each is added to Xero again.' },
  restore: { label: 'Restore in Xero', effect: 'The contacts are active again in Xero.' },
  send: { label: 'Send', effect: 'Each is sent as a new document.' },
  leave_out: { label: 'Leave out', effect: 'Nothing is sent.' },
};

/** The columns of the export, in order. */
export const csvColumns = [
  ['kind', 'Kind'],
  ['crmId', 'CRM ID'],
  ['title', 'Name'],
  ['date', 'Date'],
  ['currency', 'Currency'],
  ['amount', 'Amount'],
  ['state', 'State'],
  ['since', 'Since'],
  ['code', 'Code'],
  ['message', 'Message'],
  ['detail', 'Xero’s words'],
  ['field', 'Field'],
  ['nextTry', 'Next try'],
  ['xeroNumber', 'Xero number'],
  ['xeroId', 'Xero ID'],
  ['xeroUrl', 'Xero link'],
] as const;

export const fixWords = {
  map_account: 'Choose account',
  map_tax: 'Choose tax rate',
  map_payment_method: 'Choose account',
  about: (fix: string, name: string) => `${fix}: ${name}`,
};

export const mappingSectionWords = {
  categories: 'Categories',
  paymentMethods: 'Payment methods',
  taxRates: 'Tax rates',
};

export const mappingWords = {
  noChoices: 'Nothing to choose from',
  noChoicesReason: 'Accounts and tax rates come from Xero. Connect Xero first.',
  saved: 'Mapping saved',
  unsaved: (count: string) => `${count} not saved yet`,
  proposals: (count: string) => `${count} suggested by name`,
  proposalsReason: 'Check each one below, or use them all. Nothing changes until you save.',
  takeAll: 'Use all suggestions',
  noKeys: 'No record has used any yet.',
  missing: (missing: string, total: string) => `${missing} of ${total} not mapped yet`,
  held: (count: string, isOne: boolean) => (isOne ? `${count} record is waiting` : `${count} records are waiting`),
  all: (count: string) => `Show all ${count}`,
  waiting: (count: string) => `${count} waiting`,
  choiceFor: (word: string, side: string | null) => (side === null ? `In Xero, for ${word}` : `${side}, for ${word}`),
  purchases: 'Purchases',
  sales: 'Sales',
  none: 'None',
  gone: (value: string) => `${value} is not active in Xero. Choose another.`,
  remove: (choice: string) => `Remove the choice: ${choice}`,
  use: (label: string) => `Use ${label}`,
  tracking: 'Tracking categories',
  noTracking: 'Xero has no tracking categories.',
  defaults: 'Used when a record names none',
};

export const defaultWords = {
  expenseSupplierName: 'Supplier of expenses',
  expenseAccountCode: 'Account for expenses',
  salesAccountCode: 'Account for sales',
  paymentAccountId: 'Account for payments',
};

export const rulesWords = {
  saved: 'Rules saved',
  turnOn: 'Turn on sync',
  turnOnReason: 'Nothing is sent until then. Check the rules below first.',
  onReason: 'Records are sent to Xero by the rules below.',
  askOff: 'Turn off…',
  turnOff: 'Turn off',
  offTitle: 'Turn off sync?',
  offText: 'Records that wait are left out until sync is on again. What is in Xero stays there.',
  general: 'For all kinds',
  since: 'Records from',
  sinceNone: 'The day sync is turned on',
  sinceHint: 'Older records are left out until a person sends them. Older bills are not brought from Xero.',
  noDay: 'Enter a valid date.',
  billStatus: 'Add bills to Xero as',
  roundingLine: 'Add a rounding line',
  roundingHint: 'A difference of up to 0.05 becomes a line of its own. If this is off, the record becomes a problem.',
  kinds: 'By kind',
  newOnes: (kind: string) => `New ${kind.toLowerCase()}`,
  changesOf: (kind: string) => `Changes of ${kind.toLowerCase()}`,
};

export const modeWords: Readonly<Record<Mode, string>> = {
  automatic: 'At once',
  scheduled: 'Every 30 minutes',
  by_hand: 'By hand',
};

export const billStatusWords: Readonly<Record<BillStatus, string>> = {
  approved: 'Approved',
  submitted: 'Awaiting approval (payments wait)',
  draft: 'Draft (payments wait)',
};

export const runWords = {
  title: 'Runs',
  none: 'No runs yet.',
  shown: (count: string) => `${count} shown`,
  dryRun: 'dry run',
  kinds: (count: string) => `${count} kinds`,
  about: (act: string, name: string) => `${act}: ${name}`,
  inInbox: 'Show in Inbox',
  answerNow: 'Answer now',
  answered: (label: string) => `Answered: ${label}. It applies when the record is sent.`,
  askedLater: 'You are asked when the record is sent.',
  of: (name: string, moment: string) => `${name}, ${moment}`,
  by: (name: string, moment: string) => `${name}, ${moment}`,
  calls: (count: number) => (count === 1 ? '1 call to Xero' : `${count} calls to Xero`),
  seconds: (seconds: number) => `${seconds} s`,
  minutes: (minutes: number) => `${minutes} min`,
  hours: (hours: number, minutes: number) => `${hours} h ${minutes} min`,
  nothing: 'nothing',
  progress: (done: string, total: string) => `${done} of ${total} done`,
  starting: 'Starting',
  planned: 'Dry run: nothing was sent',
  cancel: 'Stop',
  close: 'Close',
  showRows: 'Show records',
  hideRows: 'Hide records',
  noRows: 'This run has no records.',
  undo: 'Undo…',
  planning: 'Checking what can be undone',
  cannotUndo: 'Nothing in this run can be undone',
  undoTitle: (count: string, total: string) => `Undo ${count} of ${total}?`,
  undoText: 'They are deleted, voided or archived in Xero, then left out. The list says what stays in Xero, and why.',
  undoConfirm: 'Undo',
};

export const runTypeWords: Readonly<Record<RunType, string>> = {
  sync: 'Sync to Xero',
  actions: 'Action on many',
  bring: 'Bring from Xero',
  undo: 'Undo',
  reset: 'Reset',
  proof: 'Proof',
  automatic: 'Automatic sync',
};

export const runStatusWords: Readonly<Record<RunStatus, string>> = {
  queued: 'Waiting',
  running: 'Running',
  done: 'Done',
  cancelled: 'Stopped',
  failed: 'Failed',
};

/** What a run would do with a record, and what it did. */
export const outcomeWords: Readonly<Record<RunOutcome, { plan: string; done: string }>> = {
  make: { plan: 'to add', done: 'added' },
  change: { plan: 'to change', done: 'changed' },
  adopt: { plan: 'to match in Xero', done: 'matched in Xero' },
  remove: { plan: 'to remove', done: 'removed' },
  same: { plan: 'unchanged', done: 'unchanged' },
  ask: { plan: 'to answer', done: 'to answer' },
  refuse: { plan: 'refused', done: 'refused' },
};

export const resetWords = {
  title: 'Forget which record is which',
  forgets:
    'A reset forgets which bill, invoice or contact in Xero each record is. Nothing in Xero or in the CRM is changed or removed.',
  afterwards:
    'Afterwards every record is left out until somebody sends it. Then you can match it to what is already in Xero, so that nothing is added twice.',
  check: 'Check what would be forgotten',
  checking: 'Checking what would be forgotten',
  nothing: 'There is nothing to forget',
  question: (count: string, isOne: boolean) => (isOne ? `Forget ${count} record?` : `Forget ${count} records?`),
  counted: (count: string, isPlan: boolean) => (isPlan ? `${count} to forget` : `${count} forgotten`),
  typeName: (name: string) => `Type ${name} to confirm`,
  confirm: 'Reset',
  cancel: 'Cancel',
};
