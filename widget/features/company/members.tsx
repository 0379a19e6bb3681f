import type { Member } from '#shared/contract/view.ts';
import { useFrame } from '#widget/lib/frame.ts';
import { FigureAmount } from '#widget/ui/figures/figure-amount.tsx';
import { Icon } from '#widget/ui/icon.tsx';
import { companyWords, membersWords } from './words.ts';

/** Who leads to which Xero contact, and what each contributes. */
export function Members({ members }: { members: readonly Member[] }) {
  return (
    <details className="members">
      <summary>
        <Icon name="chevron" />
        {membersWords(members)}
      </summary>
      <ul>
        {members.map((member) => (
          <MemberLine key={member.contact.id} {...member} />
        ))}
      </ul>
      <p className="small">{companyWords.countedOnce}</p>
    </details>
  );
}

function MemberLine({ contact, records, summary }: Member) {
  const names = records.map(({ name }) => name).join(', ');
  return (
    <li>
      <div className="member-id">
        {contact.url ? (
          <a href={contact.url} target="_blank" rel="noopener noreferrer" title={contact.name}>
            <span className="clip">{contact.name}</span>
            <Icon name="external" />
            <span className="sr"> (opens Xero)</span>
          </a>
        ) : (
          <span className="clip">{contact.name}</span>
        )}
        <span className="small clip" title={names}>
          {contact.isArchived && `${companyWords.archived} · `}
          {companyWords.via} {names}
        </span>
      </div>
      <Contribution summary={summary} />
    </li>
  );
}

function Contribution({ summary }: Pick<Member, 'summary'>) {
  const { format } = useFrame();
  if (!summary) return <span className="small">{companyWords.unknown}</span>;
  const { outstandingInvoices: outstanding, overdueInvoices: overdue } = summary;
  if (outstanding.count === 0) return <span className="small">{companyWords.nothingOutstanding}</span>;
  return (
    <div className="contribution">
      <span className="amount">
        <FigureAmount figure={outstanding} />
      </span>
      <span className="small">
        {format.count(outstanding.count)} {companyWords.outstanding}
      </span>
      {overdue.count > 0 && (
        <span className="late">
          {companyWords.overdue} <FigureAmount figure={overdue} />
        </span>
      )}
    </div>
  );
}
