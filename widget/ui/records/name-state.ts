import type { RecordSummary } from '#shared/contract/sync/record.ts';
import { oneStateWords, stateWords } from './record-words.ts';

type Named = Pick<RecordSummary, 'state' | 'wanted' | 'sentVersion'>;

/**
 * The state of one record in a few words. A version of it may be in Xero while a newer one was refused, so “Not in Xero”
 * is said only where none is.
 */
export function nameState({ state, wanted, sentVersion }: Named): string {
  if (state === 'changed' && sentVersion === null) return oneStateWords.notSent;
  if (state !== 'problem' || sentVersion === null) return stateWords[state];
  return wanted === 'absent' ? oneStateWords.stillThere : oneStateWords.outdated;
}
