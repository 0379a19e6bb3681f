import type { ReactNode } from 'react';
import type { CreatedDocument } from '#shared/contract/document.ts';
import type { Format } from '#widget/lib/format.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Note } from '../note.tsx';
import { totalDiffersWords, warningWords } from './warning-words.ts';

type Props = { title: string; created: CreatedDocument; children?: ReactNode };

/** One note that says what was done and what went wrong with it. */
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

/** Texts of the warnings; empty if there are none. */
function listWarnings({ document, previewTotal, warnings }: CreatedDocument, format: Format): string[] {
  const { currency, total } = document;
  const money = (amount: string) => format.money({ currency, amount });
  return warnings.map((warning) =>
    warning === 'total_differs'
      ? totalDiffersWords(money(total), previewTotal === null ? null : money(previewTotal))
      : warningWords[warning],
  );
}
