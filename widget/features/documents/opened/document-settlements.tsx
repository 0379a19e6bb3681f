import type { OpenedDocument } from '#shared/contract/documents.ts';
import { useFrame } from '#widget/session/frame.ts';
import { creditWords, openedWords } from '../words.ts';

/** Payments and credits of the document, if there are any. */
export function DocumentSettlements({ document }: { document: OpenedDocument }) {
  const { payments, credits, currency } = document;
  return (
    <>
      <Settlements
        title={openedWords.payments}
        currency={currency}
        rows={payments.map(({ reference, ...payment }) => ({ name: reference ?? openedWords.payment, ...payment }))}
      />
      <Settlements
        title={openedWords.credits}
        currency={currency}
        rows={credits.map(({ kind, number, ...credit }) => ({ name: creditWords(kind, number), ...credit }))}
      />
    </>
  );
}

type Row = { name: string; date: string | null; amount: string };

function Settlements({ title, currency, rows }: { title: string; currency: string; rows: readonly Row[] }) {
  const { format } = useFrame();
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul className="documents-lines">
        {rows.map(({ name, date, amount }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: payments have no identity but their place
          <li key={place}>
            <span className="documents-line-description">{name}</span>
            <span className="amount">{format.money({ currency, amount })}</span>
            {date && <span className="small">{format.day(date)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
