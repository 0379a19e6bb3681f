import { useState } from 'react';
import type { RecordRef } from '#shared/contract/record.ts';
import type { Member, View } from '#shared/contract/view.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button, IconButton } from '#widget/ui/button.tsx';
import { FigureAmount } from '#widget/ui/figures/figure-amount.tsx';
import { Icon } from '#widget/ui/icon.tsx';
import { UnlinkQuestion } from '#widget/ui/unlink-question.tsx';
import { uiWords } from '#widget/ui/words.ts';
import { companyWords, membersWords } from './words.ts';

type LineProps = { member: Member; onUnlinked: Props['onUnlinked'] };

/** How many records of one contact are shown before a person asks for all. */
const firstFew = 6;

/** `onUnlinked`: null for users who may not link. */
type Props = { members: readonly Member[]; onUnlinked: ((view: View) => void) | null };

/** Shows which records lead to which Xero contact, and what each contributes. Wrong links are removed here. */
export function Members({ members, onUnlinked }: Props) {
  return (
    <details className="company-members">
      <summary>
        <Icon name="chevron" />
        {membersWords(members)}
      </summary>
      <ul>
        {members.map((member) => (
          <MemberLine key={member.contact.id} member={member} onUnlinked={onUnlinked} />
        ))}
      </ul>
      <p className="small">{companyWords.countedOnce}</p>
    </details>
  );
}

function MemberLine({ member: { contact, records, summary }, onUnlinked }: LineProps) {
  const [isAll, setIsAll] = useState(false);
  const [asked, setAsked] = useState<RecordRef | null>(null);
  const shown = isAll ? records : records.slice(0, firstFew);
  return (
    <li data-figure={contact.id} data-label={contact.name}>
      <div className="company-member">
        {contact.url ? (
          <a href={contact.url} target="_blank" rel="noopener noreferrer" title={contact.name}>
            <span className="clip">{contact.name}</span>
            <Icon name="external" />
            <span className="sr"> {uiWords.opensXero}</span>
          </a>
        ) : (
          <span className="clip">{contact.name}</span>
        )}
        {contact.isArchived && <span className="small">{uiWords.archived}</span>}
      </div>
      <Contribution summary={summary} />
      <ul className="company-via">
        {shown.map((record) => (
          <li key={`${record.type} ${record.id}`}>
            <span className="small clip" title={record.name}>
              {companyWords.via} {record.name}
            </span>
            {onUnlinked && (
              <IconButton
                icon="unlink"
                label={companyWords.unlinkRecord(record.name, contact.name)}
                onClick={() => setAsked(record)}
              />
            )}
          </li>
        ))}
      </ul>
      {shown.length < records.length && (
        <Button variant="text" onClick={() => setIsAll(true)}>
          {companyWords.showAll(records.length)}
        </Button>
      )}
      {asked && onUnlinked && (
        <UnlinkQuestion
          key={`${asked.type} ${asked.id}`}
          record={asked}
          contactName={contact.name}
          onUnlinked={onUnlinked}
          onCancel={() => setAsked(null)}
        />
      )}
    </li>
  );
}

function Contribution({ summary }: Pick<Member, 'summary'>) {
  const { format } = useFrame();
  if (!summary) return <span className="small">{companyWords.unknown}</span>;
  const { outstandingInvoices: outstanding, overdueInvoices: overdue } = summary;
  if (outstanding.count === 0) return <span className="small">{companyWords.nothingOutstanding}</span>;
  return (
    <div className="company-contribution">
      <span data-value className="amount">
        <FigureAmount figure={outstanding} />
      </span>
      <span className="small">
        {format.count(outstanding.count)} {companyWords.outstanding}
      </span>
      {overdue.count > 0 && (
        <span className="company-late">
          {companyWords.overdue} <FigureAmount figure={overdue} />
        </span>
      )}
    </div>
  );
}
