import { useId } from 'react';
import type { RecordQuestion } from '#shared/contract/sync/record.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '../button.tsx';
import { FactList } from '../fact-list.tsx';
import { nameField } from './name-field.ts';
import { questionWords } from './record-words.ts';
import { writeDifference } from './write-difference.ts';
import '../styles/screens.css';
import './records.css';

type Choice = RecordQuestion['choices'][number];

type Props = {
  question: RecordQuestion;
  /** Null for a person who may not answer: the choices are shown without buttons. */
  onChoose: ((choice: Choice) => void) | null;
  /** The choice that is on its way. */
  pendingId: string | null;
};

/** The choices of a question, each with its effect, and what differs between the CRM and Xero. */
export function QuestionChoices({ question: { choices, differences }, onChoose, pendingId }: Props) {
  return (
    <section className="question" aria-label={questionWords.choices}>
      <Differences differences={differences} />
      <ul className="cards">
        {choices.map((choice) => (
          <ChoiceCard key={choice.id} choice={choice} onChoose={onChoose} pendingId={pendingId} />
        ))}
      </ul>
    </section>
  );
}

type CardProps = Pick<Props, 'onChoose' | 'pendingId'> & { choice: Choice };

function ChoiceCard({ choice, onChoose, pendingId }: CardProps) {
  const id = useId();
  const { label, effect, best, parts } = choice;
  return (
    <li className="card">
      <div className="card-words">
        <strong>{label}</strong>
        <p className="small" id={id}>
          {effect}
        </p>
        {parts && <Parts parts={parts} />}
      </div>
      {best && <span className="tag good">{questionWords.best}</span>}
      {onChoose && (
        <Button
          variant={best ? 'primary' : 'plain'}
          isBusy={pendingId === choice.id}
          isDisabled={pendingId !== null}
          aria-label={questionWords.chooseThis(label)}
          aria-describedby={id}
          onClick={() => onChoose(choice)}
        >
          {questionWords.choose}
        </Button>
      )}
    </li>
  );
}

/** How a payment is shared out. Zero is said too, so that nobody has to wonder. */
function Parts({ parts }: { parts: NonNullable<Choice['parts']> }) {
  const { format } = useFrame();
  const { invoices, fee, exchangeDifference, rest } = parts;
  return (
    <FactList
      className="facts question-parts"
      facts={[
        ...invoices.map(({ number, amount }) => [number ?? questionWords.unnumbered, format.amount(amount)] as const),
        [questionWords.fee, format.amount(fee)],
        [questionWords.exchangeDifference, format.amount(exchangeDifference)],
        [questionWords.rest, format.amount(rest)],
      ]}
    />
  );
}

function Differences({ differences }: Pick<RecordQuestion, 'differences'>) {
  const { format } = useFrame();
  const write = (field: string, value: string | null) =>
    value === null ? questionWords.nothing : writeDifference(field, value, format);
  if (differences.length === 0) return null;
  return (
    <table className="question-differences" aria-label={questionWords.differences}>
      <thead>
        <tr>
          <th scope="col">{questionWords.field}</th>
          <th scope="col">{questionWords.crm}</th>
          <th scope="col">{questionWords.xero}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ field, crm, xero }) => (
          <tr key={field}>
            <th scope="row">{nameField(field)}</th>
            <td>{write(field, crm)}</td>
            <td>{write(field, xero)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
