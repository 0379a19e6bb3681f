import type { RecordProblem, RecordState } from '#shared/contract/sync/record.ts';

/** The state in one or two words. */
export const stateWords: Readonly<Record<RecordState, string>> = {
  waiting: 'Waiting',
  synced: 'In Xero',
  changed: 'Changed since last sync',
  problem: 'Not in Xero',
  question: 'Needs an answer',
  excluded: 'Left out',
  unsupported: 'Not sent to Xero',
};

/** Of one record, where the name of its state would not be true. */
export const oneStateWords = {
  notSent: 'Not sent yet',
  outdated: 'Latest changes not in Xero',
  stillThere: 'Still in Xero',
};

export const waitsForWords: Readonly<Record<RecordProblem['waitsFor'], string>> = {
  user: '',
  admin: 'Waiting for an admin of this CRM.',
  xero: 'Waiting for Xero.',
};

export const actWords = {
  sync: 'Sync to Xero',
  resync: 'Re-sync to Xero',
  retry: 'Retry',
  tryNow: 'Try now',
  include: 'Include',
  exclude: 'Leave out',
};

export const questionWords = {
  choices: 'Choose one',
  choose: 'Choose',
  chooseThis: (label: string) => `Choose: ${label}`,
  best: 'Suggested',
  differences: 'What differs',
  field: 'Field',
  crm: 'In the CRM',
  xero: 'In Xero',
  nothing: '–',
  unnumbered: 'Without a number',
  fee: 'Fee',
  exchangeDifference: 'Exchange difference',
  rest: 'Rest',
};

/** The words of a path into a record's data. */
export const fieldWords = {
  line: (number: number) => `line ${number}`,
  entry: (number: number) => `number ${number}`,
};
