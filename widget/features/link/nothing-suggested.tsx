import { linkWords } from './words.ts';

/** Xero has nobody who looks like this record. */
export function NothingSuggested() {
  return (
    <p className="nothing-suggested">
      <b>{linkWords.noRecords}</b>
      <span className="small">{linkWords.nothingSuggested}</span>
    </p>
  );
}
