import { useRef } from 'react';
import { documentKinds } from '#shared/document-kinds.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { previewDraft } from '../draft/preview.ts';
import { listCopyable } from '../draft/start-draft.ts';
import type { DocumentFormState } from '../use-document-form.ts';
import { formWords } from '../words.ts';
import { LineFields } from './line-fields.tsx';

type Props = { form: DocumentFormState };

/** The lines and the buttons that add more. They are cards in narrow frames and table rows in wide ones. */
export function Lines({ form }: Props) {
  const { draft, choices, typing, addLine, copyDeal } = form;
  const { announce } = useFrame();
  const section = useRef<HTMLElement>(null);
  const preview = previewDraft(draft, choices, typing);
  const fresh = listCopyable(draft.kind, choices).filter(
    ({ index }) => !draft.lines.some(({ dealLine }) => dealLine === index),
  );

  /** After the next paint, when the line is on the page. */
  const focusLast = () =>
    requestAnimationFrame(() => {
      const inputs = section.current?.querySelectorAll<HTMLElement>('[name$=".description"]');
      inputs?.item(inputs.length - 1)?.focus();
    });

  return (
    <section
      ref={section}
      className={`add-document-lines${documentKinds[draft.kind].hasDiscounts ? '' : ' add-document-bill-lines'}`}
      aria-label={formWords.lines}
    >
      {draft.lines.map((line, index) => (
        <LineFields key={line.id} form={form} line={line} place={index + 1} amount={preview.amounts[line.id]} />
      ))}
      <div className="row add-document-line-acts">
        <Button
          variant="text"
          icon="plus"
          onClick={() => {
            addLine();
            focusLast();
          }}
        >
          {formWords.addLine}
        </Button>
        {fresh.length > 0 && (
          <Button
            variant="text"
            onClick={() => {
              copyDeal();
              announce(formWords.copied(fresh.length));
            }}
          >
            {formWords.copyFromDeal}
          </Button>
        )}
      </div>
      <DealNotes form={form} />
    </section>
  );
}

/** Explains which lines of the deal were left out. */
function DealNotes({ form: { draft, choices } }: Props) {
  const { deal } = choices;
  if (!deal) return null;
  const numbers = deal.invoiced.map(({ index, number }) => number ?? deal.lines[index]?.description ?? '');
  const isCopied = draft.lines.some(({ dealLine }) => dealLine !== null);
  return (
    <>
      {draft.kind === 'invoice' && numbers.length > 0 && (
        <p className="small">{formWords.invoicedAlready([...new Set(numbers)].join(', '))}</p>
      )}
      {isCopied && deal.currency && deal.currency !== draft.currency && (
        <p className="small">{formWords.otherCurrency(deal.currency, draft.currency)}</p>
      )}
    </>
  );
}
