import type { Opened } from '#shared/contract/session/open.ts';
import type { RecordView } from '#shared/contract/session/view.ts';
import type { SyncRecord } from '#shared/contract/sync/record.ts';
import { findRecordRights } from '#shared/record-rights.ts';
import { titleOfKind } from '#shared/words/sync-kind-words.ts';
import { useFrame } from '#widget/session/frame.ts';
import { can } from '#widget/session/use-opened.ts';
import type { ViewState } from '#widget/session/use-view.ts';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { Header } from '#widget/ui/header.tsx';
import { Menu } from '#widget/ui/menu.tsx';
import { Note } from '#widget/ui/note.tsx';
import { QuestionChoices } from '#widget/ui/records/question-choices.tsx';
import { uiWords } from '#widget/ui/words.ts';
import { XeroButton } from '#widget/ui/xero-button.tsx';
import { describeState } from './describe-state.ts';
import { type Acts, listActs } from './possible-acts.ts';
import { RecordFacts } from './record-facts.tsx';
import { RecordHistory } from './record-history.tsx';
import { StateNote } from './state-note.tsx';
import { useAct } from './use-act.ts';
import { recordWords } from './words.ts';
import '#widget/ui/styles/screens.css';
import './record.css';

type Props = { opened: Opened; view: RecordView; state: ViewState };

/** A synced record: where it stands, why, what to do, and what happened. Quick view has one line. */
export function RecordCard(props: Props) {
  const { context, format } = useFrame();
  const { view, state } = props;
  if (context.view !== 'quick') return <WholeCard {...props} />;
  const { reasons: _, ...told } = describeState(view.record, format);
  return (
    <>
      <CardFailure state={state} />
      <Note {...told} action={<XeroButton url={view.record.xeroUrl} />} />
    </>
  );
}

function WholeCard({ opened, view, state }: Props) {
  const { record, history } = view;
  const { user } = opened;
  const { toAct } = findRecordRights(record.kind, record.data);
  const acts = listActs(record, { isAdmin: user.admin, mayAct: can(opened, toAct) });
  const acting = useAct(view, state);
  return (
    <>
      <CardHeader opened={opened} view={view} state={state} acts={acts} onAct={(action) => acting.act({ action })} />
      <CardFailure state={state} />
      <StateNote
        record={record}
        acts={acts}
        acting={acting}
        isAdmin={user.admin}
        missing={can(opened, toAct) || !needsPerson(record) ? null : toAct}
      />
      {acting.failure && <ActError title={recordWords.actFailed} failure={acting.failure} />}
      {record.question && (
        <div className="pad">
          <QuestionChoices
            question={record.question}
            pendingId={acting.pending?.choice ?? null}
            onChoose={
              acts.canAnswer
                ? ({ id }) => acting.act({ action: 'answer', choice: id, questionId: record.question?.id ?? '' })
                : null
            }
          />
        </div>
      )}
      <RecordFacts record={record} />
      <RecordHistory history={history} />
    </>
  );
}

/** Whether a person could do something about it. */
function needsPerson({ state, question }: SyncRecord): boolean {
  return state === 'problem' || state === 'changed' || (state === 'question' && question?.waitsFor === 'user');
}

function CardFailure({ state: { failure, isFetching, refresh } }: Pick<Props, 'state'>) {
  if (!failure) return null;
  return <FailureNote failure={failure} isRetrying={isFetching} onRetry={() => refresh('known')} />;
}

type HeaderProps = Props & { acts: Acts; onAct(action: Acts['others'][number]['action']): void };

function CardHeader({ opened, view: { record }, state, acts, onAct }: HeaderProps) {
  const { format } = useFrame();
  const { kind, title, crmId, amount, date } = record;
  const subtitle = [titleOfKind(kind, 'one'), amount && format.money(amount), date && format.day(date)];
  const refresh = { label: uiWords.refresh, icon: 'refresh', onSelect: () => void state.refresh('known') } as const;
  const others = acts.others.map(
    ({ action, label }) => ({ label, icon: 'close', onSelect: () => onAct(action) }) as const,
  );
  return (
    <Header title={title ?? opened.record.name ?? crmId ?? ''} subtitle={subtitle.filter(Boolean).join(' · ')}>
      <Menu label={uiWords.moreActions} groups={[[refresh], others]} />
    </Header>
  );
}
