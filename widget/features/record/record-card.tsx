import type { Opened } from '#shared/contract/session/open.ts';
import type { RecordView } from '#shared/contract/session/view.ts';
import { useFrame } from '#widget/session/frame.ts';
import type { ViewState } from '#widget/session/use-view.ts';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { Header } from '#widget/ui/header.tsx';
import { Menu } from '#widget/ui/menu.tsx';
import { Note } from '#widget/ui/note.tsx';
import { uiWords } from '#widget/ui/words.ts';
import { describeState } from './describe-state.ts';
import { RecordFacts } from './record-facts.tsx';
import { RecordHistory } from './record-history.tsx';
import { XeroLink } from './xero-link.tsx';
import '#widget/ui/styles/screens.css';
import './record.css';

type Props = { opened: Opened; view: RecordView; state: ViewState };

/** A record that travels to Xero: where it stands, why, and what happened. Quick view shows only where it stands. */
export function RecordCard({ opened, view, state }: Props) {
  const { context, format } = useFrame();
  const { record, history } = view;
  const { tone, icon, title, reasons } = describeState(record, format);
  const isQuick = context.view === 'quick';
  const refresh = { label: uiWords.refresh, icon: 'refresh', onSelect: () => state.refresh('known') } as const;
  const { failure, isFetching } = state;
  return (
    <>
      {!isQuick && (
        <Header
          title={record.title ?? opened.record.name ?? record.crmId ?? ''}
          subtitle={<Subtitle record={record} />}
        >
          <Menu label={uiWords.moreActions} groups={[[refresh]]} />
        </Header>
      )}
      {failure && <FailureNote failure={failure} isRetrying={isFetching} onRetry={() => state.refresh('known')} />}
      <Note
        tone={tone}
        icon={icon}
        title={title}
        reason={!isQuick && reasons.map((text) => <p key={text}>{text}</p>)}
        action={<XeroLink url={record.xeroUrl} />}
      />
      {!isQuick && <RecordFacts record={record} />}
      {!isQuick && <RecordHistory history={history} />}
    </>
  );
}

function Subtitle({ record: { amount, date } }: Pick<RecordView, 'record'>) {
  const { format } = useFrame();
  return [amount && format.money(amount), date && format.day(date)].filter(Boolean).join(' · ');
}
