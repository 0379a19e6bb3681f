import type { ReactNode } from 'react';
import type { CreatedDocument, DocumentWarning } from '#shared/contract/document.ts';
import type { Format } from '#widget/lib/format.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Note } from '../note.tsx';

/** What somebody should know of a document that stands in Xero; a differing total is said with its amounts. */
export const warningWords: Readonly<Record<Exclude<DocumentWarning, 'total_differs'>, string>> = {
  history_pending: 'The history note has not been added in Xero yet. We’ll keep trying.',
  email_failed: 'The e-mail was not sent. Send it from Xero.',
  email_unknown: 'We don’t know whether the e-mail was sent. Check in Xero before you send it again.',
  quote_pending: 'The quote has not been marked as invoiced yet. We’ll keep trying.',
  quote_failed: 'Xero refused to mark the quote as invoiced. Mark it in Xero.',
  quote_differs: 'The quote’s total in Xero changed when it was marked as invoiced. Check the quote in Xero.',
};

type Props = { title: string; created: CreatedDocument; children?: ReactNode };

/** One note: what was done and, in the same breath, what did not go as it should have. */
export function DoneNote({ title, created, children }: Props) {
  const { format } = useFrame();
  const texts = listWarnings(created, format);
  if (texts.length === 0) {
    return (
      <Note tone="good" icon="check" title={title}>
        {children}
      </Note>
    );
  }
  const refusals = created.warnings.includes('email_failed') ? (created.emailRefusal ?? []) : [];
  const reason = (
    <>
      {texts.map((text) => (
        <span className="detail" key={text}>
          {text}
        </span>
      ))}
      {refusals.map((text) => (
        <q className="detail" key={text}>
          {text}
        </q>
      ))}
    </>
  );
  return (
    <Note tone="warn" icon="warning" title={title} reason={reason} isAlert>
      {children}
    </Note>
  );
}

/** In plain words; empty where all went as it should have. */
function listWarnings({ document, previewTotal, warnings }: CreatedDocument, format: Format): string[] {
  const { currency, total } = document;
  const money = (amount: string) => format.money({ currency, amount });
  return warnings.map((warning) =>
    warning === 'total_differs'
      ? differsWords(money(total), previewTotal === null ? null : money(previewTotal))
      : warningWords[warning],
  );
}

function differsWords(xero: string, expected: string | null): string {
  const instead = expected === null ? '' : ` instead of ${expected}`;
  return `Xero’s total is ${xero}${instead}. Xero’s total applies.`;
}
