import { useId, useState } from 'react';
import type { RecordSummary } from '#shared/contract/sync/record.ts';
import { titleOfKind } from '#shared/words/sync-kind-words.ts';
import { useFrame } from '#widget/session/frame.ts';
import { nameState } from '#widget/ui/records/name-state.ts';
import { stateLooks } from '#widget/ui/records/state-looks.ts';
import type { Go } from '../place.ts';
import { inboxWords } from '../words.ts';
import { RecordDetails } from './record-details.tsx';

type Props = {
  record: RecordSummary;
  /** Its place on the page. */
  row: number;
  /** -1 keeps it out of the tab order. */
  tabIndex: number;
  isChosen: boolean;
  /** Null for a record that nothing can be done with here. */
  onChoose: ((isChosen: boolean) => void) | null;
  go: Go;
};

/** One record: what it is, where it stands and why. Opened, it shows the choices and what can be done. */
export function RecordRow({ record, row, tabIndex, isChosen, onChoose, go }: Props) {
  const { format } = useFrame();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const { kind, title, crmId, xeroId, amount, date, state, problem, question, reason } = record;
  const name = title ?? crmId ?? xeroId ?? '';
  const facts = [titleOfKind(kind, 'one'), date && format.day(date)].filter(Boolean).join(' · ');
  const message = (problem ?? question ?? reason)?.message;
  return (
    <li className="sync-row" data-row={row}>
      <input
        type="checkbox"
        className="sync-choose"
        data-walk="choose"
        tabIndex={tabIndex}
        aria-label={inboxWords.choose(name)}
        checked={isChosen}
        disabled={!onChoose}
        onChange={({ target }) => onChoose?.(target.checked)}
      />
      <div className="sync-row-words">
        <div className="sync-row-head">
          <button
            type="button"
            className="sync-open"
            data-walk="open"
            tabIndex={tabIndex}
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setIsOpen(!isOpen)}
          >
            {name}
          </button>
          {amount && <span className="amount">{format.money(amount)}</span>}
        </div>
        <p className="small">
          <span className={`tag ${stateLooks[state].tone}`}>{nameState(record)}</span> {facts}
        </p>
        {message && <p>{message}</p>}
        <div id={id} hidden={!isOpen}>
          {isOpen && <RecordDetails record={record} name={name} go={go} />}
        </div>
      </div>
    </li>
  );
}
