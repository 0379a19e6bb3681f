import type { SyncRecord } from '#shared/contract/sync/record.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useConnect } from '#widget/session/use-connect.ts';
import { Button } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { Note } from '#widget/ui/note.tsx';
import { uiWords } from '#widget/ui/words.ts';
import { describeState } from './describe-state.ts';
import type { Acts } from './possible-acts.ts';
import type { useAct } from './use-act.ts';
import { XeroLink } from './xero-link.tsx';

type Props = {
  record: SyncRecord;
  acts: Acts;
  acting: Pick<ReturnType<typeof useAct>, 'act' | 'pending'>;
  isAdmin: boolean;
};

/** Where the record stands, why, and the next step. */
export function StateNote({ record, acts: { main, isPrimary }, acting: { act, pending }, isAdmin }: Props) {
  const { format } = useFrame();
  const { reasons, ...told } = describeState(record, format);
  const isDisconnected = record.problem?.fix === 'reconnect' || isHeldByConnection(record);
  return (
    <Note
      {...told}
      reason={reasons.map((text) => <p key={text}>{text}</p>)}
      action={
        <div className="record-acts">
          {isDisconnected && isAdmin && <Connect />}
          {main && (
            <Button
              variant={isPrimary && !isDisconnected ? 'primary' : 'plain'}
              isBusy={pending?.action === main.action}
              isDisabled={pending !== undefined}
              onClick={() => act({ action: main.action })}
            >
              {main.label}
            </Button>
          )}
          <XeroLink url={findTargetUrl(record) ?? record.xeroUrl} />
        </div>
      }
    />
  );
}

function isHeldByConnection({ reason }: SyncRecord): boolean {
  return reason?.code === 'not_connected' || reason?.code === 'reconnect_needed';
}

/** The page in Xero where the problem is mended. */
function findTargetUrl({ problem }: SyncRecord): string | null {
  return problem?.target && 'url' in problem.target ? problem.target.url : null;
}

function Connect() {
  const { connect, isLeaving, failure } = useConnect();
  return (
    <>
      <Button variant="primary" isBusy={isLeaving} onClick={connect}>
        {uiWords.connect}
      </Button>
      {failure && <ActError title={uiWords.connectFailed} failure={failure} />}
    </>
  );
}
