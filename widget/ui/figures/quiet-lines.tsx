import type { Figure, Summary } from '#shared/contract/summary.ts';
import { useFrame } from '#widget/session/frame.ts';
import { FigureAmount } from './figure-amount.tsx';
import { figureWords } from './words.ts';

/** Figures that need no table. Only those that exist are shown, each with an icon. */
export function QuietLines({ summary }: { summary: Summary }) {
  const { format } = useFrame();
  const lines = listQuiet(summary).flatMap(({ figure, ...line }) => (figure?.count ? [{ ...line, figure }] : []));
  if (lines.length === 0) return null;
  return (
    <dl className="quiet">
      {lines.map(({ name, label, kind, figure }) => (
        <div key={name} data-figure={name} data-label={label}>
          <dt>
            <Mark kind={kind} />
            {label}
          </dt>
          <dd data-value>
            <span>{format.count(figure.count)}</span>
            <span className="quiet-amount">
              <FigureAmount figure={figure} />
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

type Kind = 'accepted' | 'draft' | 'credit';

type Line = { name: string; label: string; kind: Kind; figure?: Figure };

function listQuiet({ acceptedQuotes, drafts, credit }: Summary): Line[] {
  const { acceptedQuotes: accepted, draftInvoices, draftBills, creditInvoices, creditBills } = figureWords;
  return [
    { name: 'acceptedQuotes', label: accepted, kind: 'accepted', figure: acceptedQuotes },
    { name: 'draftInvoices', label: draftInvoices, kind: 'draft', figure: drafts.invoices },
    { name: 'draftBills', label: draftBills, kind: 'draft', ...(drafts.bills && { figure: drafts.bills }) },
    { name: 'creditInvoices', label: creditInvoices, kind: 'credit', ...(credit && { figure: credit.invoices }) },
    { name: 'creditBills', label: creditBills, kind: 'credit', ...(credit?.bills && { figure: credit.bills }) },
  ];
}

const circle = 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Z';
/** The tick and the broken ring are the icons of a document's status. The ring with a minus means credit. */
const marks: Readonly<Record<Kind, string>> = {
  accepted: 'm3 8.5 3.2 3.2L13 4.8',
  draft: circle,
  credit: `${circle}M5.5 8h5`,
};

function Mark({ kind }: { kind: Kind }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={marks[kind]} strokeDasharray={kind === 'draft' ? '2.6 2.4' : undefined} />
    </svg>
  );
}
