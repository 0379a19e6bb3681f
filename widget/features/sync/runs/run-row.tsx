import { useId, useState } from 'react';
import type { RunRow as Row } from '#shared/contract/sync/runs.ts';
import { titleOfKind } from '#shared/words/sync-kind-words.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { QuestionChoices } from '#widget/ui/records/question-choices.tsx';
import { type InboxFilter, wholeInbox } from '../place.ts';
import { outcomeWords, runWords, syncWords } from '../words.ts';
import { useAnswerAhead } from './use-answer-ahead.ts';

type Props = {
  row: Row;
  /** What would be done, not what was. */
  isPlan: boolean;
  onShow(filter: InboxFilter): void;
};

/** One record of a run: what was done with it, or would be, and the way to it in the inbox. */
export function RunRow({ row, isPlan, onShow }: Props) {
  const { format } = useFrame();
  const { kind, crmId, xeroId, outcome, done, message, record, question } = row;
  const name = record?.title ?? crmId ?? xeroId ?? '';
  return (
    <li className="sync-run-row">
      <div className="sync-row-head">
        <span>{name}</span>
        {record?.amount && <span className="amount">{format.money(record.amount)}</span>}
      </div>
      <div className="sync-row-head">
        <div className="sync-run-words">
          <p className="small">
            {titleOfKind(kind, 'one')} · {outcomeWords[outcome][isPlan || !done ? 'plan' : 'done']}
          </p>
          {message && <p className="small">{message}</p>}
        </div>
        {crmId !== null && (
          <div className="row">
            <Button
              variant="text"
              aria-label={runWords.about(runWords.inInbox, name)}
              onClick={() => onShow({ ...wholeInbox, kind, states: [], search: crmId })}
            >
              {runWords.inInbox}
            </Button>
          </div>
        )}
      </div>
      {isPlan && question && record?.state !== 'question' && <AnswerAhead row={row} name={name} />}
    </li>
  );
}

/** The record does not ask yet. An answer now counts when it is sent. */
function AnswerAhead({ row: { kind, crmId, question }, name }: { row: Row; name: string }) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const { answer, pendingId, answered, failure } = useAnswerAhead({ kind, crmId });
  if (!question || crmId === null) return null;
  if (answered !== null) return <p className="small">{runWords.answered(answered)}</p>;
  if (question.choices.length === 0) return <p className="small">{runWords.askedLater}</p>;
  return (
    <>
      <div className="row">
        <Button
          variant="text"
          aria-expanded={isOpen}
          aria-controls={id}
          aria-label={runWords.about(runWords.answerNow, name)}
          onClick={() => setIsOpen(!isOpen)}
        >
          {runWords.answerNow}
        </Button>
      </div>
      <div id={id} hidden={!isOpen}>
        {isOpen && (
          <QuestionChoices
            question={question}
            pendingId={pendingId}
            onChoose={({ id: choice, label }) => answer({ choice, label, questionId: question.id })}
          />
        )}
      </div>
      {failure && <ActError title={syncWords.actFailed} failure={failure} />}
    </>
  );
}
