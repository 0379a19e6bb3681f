import { linkWords } from './words.ts';

/** Shown when Xero has no similar contact. */
export function NothingSuggested() {
  return (
    <p className="nothing-suggested">
      <b>{linkWords.noRecords}</b>
      <span className="small">{linkWords.nothingSuggested}</span>
    </p>
  );
}
