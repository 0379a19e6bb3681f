import { useFrame } from '#widget/session/frame.ts';
import { previewDraft } from '../draft/preview.ts';
import type { DocumentFormState } from '../use-document-form.ts';
import { formWords } from '../words.ts';

/** The totals that Xero will compute, updated while a person types. */
export function Totals({ form: { draft, choices, typing } }: { form: DocumentFormState }) {
  const { format } = useFrame();
  const { subTotal, taxes, total, isComplete, isTaxKnown } = previewDraft(draft, choices, typing);
  const isInclusive = draft.lineAmountTypes === 'inclusive';
  return (
    <div className="add-document-totals">
      <dl>
        <div>
          <dt>{formWords.subtotal}</dt>
          <dd className="amount">{format.amount(subTotal)}</dd>
        </div>
        {taxes.map(({ name, amount }) => (
          <div key={name}>
            <dt>{isInclusive ? formWords.includes(name) : name}</dt>
            <dd className="amount">{format.amount(amount)}</dd>
          </div>
        ))}
        <div className="add-document-grand">
          <dt>
            {formWords.total} {!isComplete && <span className="small">{formWords.incomplete}</span>}
          </dt>
          <dd className="amount">{format.money({ currency: draft.currency, amount: total })}</dd>
        </div>
      </dl>
      {!isTaxKnown && <p className="small">{formWords.taxByXero}</p>}
    </div>
  );
}
