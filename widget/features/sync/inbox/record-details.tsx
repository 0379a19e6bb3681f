import type { RecordSummary } from '#shared/contract/sync/record.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { FactList } from '#widget/ui/fact-list.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { nameField } from '#widget/ui/records/name-field.ts';
import { QuestionChoices } from '#widget/ui/records/question-choices.tsx';
import { actWords } from '#widget/ui/records/record-words.ts';
import { uiWords } from '#widget/ui/words.ts';
import { XeroButton } from '#widget/ui/xero-button.tsx';
import { FixButton } from '../fix-button.tsx';
import type { Go } from '../place.ts';
import { inboxWords, syncWords } from '../words.ts';
import { isSelectable, listBulkActions } from './selection.ts';
import { useActOnOne } from './use-act-on-one.ts';

type Props = { record: RecordSummary; name: string; go: Go };

/** Why the record stands still, in full, and everything that an admin can do about it. */
export function RecordDetails({ record, name, go }: Props) {
  const { format } = useFrame();
  const { act, pending, failure } = useActOnOne(record);
  const { problem, question, nextTryAt, state, stateSince, crmId, xeroNumber } = record;
  const leavesOut = question?.choices.some(({ id }) => id === 'leave_out') ?? false;
  const actions = isSelectable(record)
    ? listBulkActions([state]).filter((action) => action !== 'exclude' || !leavesOut)
    : [];
  return (
    <div className="sync-details">
      <FactList
        className="facts"
        facts={[
          [inboxWords.xeroSays, problem?.detail],
          [inboxWords.field, problem?.field && nameField(problem.field)],
          [inboxWords.since, format.moment(stateSince)],
          [inboxWords.nextTry, nextTryAt && format.moment(nextTryAt)],
          [inboxWords.crmId, crmId],
          [inboxWords.xeroNumber, xeroNumber],
        ]}
      />
      {question && (
        <QuestionChoices
          question={question}
          pendingId={pending?.choice ?? null}
          onChoose={({ id }) => act({ action: 'answer', choice: id, questionId: question.id })}
        />
      )}
      <div className="row">
        {problem && <FixButton fix={problem.fix} target={problem.target} about={name} go={go} />}
        {actions.map((action) => (
          <Button
            key={action}
            isBusy={pending?.action === action}
            isDisabled={pending !== undefined}
            aria-label={inboxWords.actOn(actWords[action], name)}
            onClick={() => act({ action })}
          >
            {actWords[action]}
          </Button>
        ))}
        <XeroButton url={record.xeroUrl} label={inboxWords.actOn(uiWords.viewInXero, name)} />
      </div>
      {failure && <ActError title={syncWords.actFailed} failure={failure} />}
    </div>
  );
}
