import type { Right } from '#shared/contract/record.ts';
import type { SyncRecord } from '#shared/contract/sync/record.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useConnect } from '#widget/session/use-connect.ts';
import { Button } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { Note } from '#widget/ui/note.tsx';
import { uiWords } from '#widget/ui/words.ts';
import { XeroButton } from '#widget/ui/xero-button.tsx';
import { describeState } from './describe-state.ts';
import type { Acts } from './possible-acts.ts';
import type { useAct } from './use-act.ts';
import { recordWords } from './words.ts';

type Props = {
  record: SyncRecord;
  acts: Acts;
  acting: Pick<ReturnType<typeof useAct>, 'act' | 'pending'>;
  isAdmin: boolean;
  /** The right that this person would need to act on the record. */
  missing: Right | null;
};

/** Where the record stands, why, and the next step. */
export function StateNote({ record, acts: { main, isPrimary }, acting: { act, pending }, isAdmin, missing }: Props) {
  const { format } = useFrame();
  const { reasons, ...told } = describeState(record, format);
  const right = missing === 'invoices' || missing === 'bills' ? recordWords.mayNotAct[missing] : null;
  const texts = right === null ? reasons : [...reasons, right];
  const isDisconnected = record.problem?.fix === 'reconnect' || isHeldByConnection(record);
  return (
    <Note
      {...told}
      reason={texts.length > 0 && <Reasons texts={texts} />}
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
          <XeroButton url={findTargetUrl(record) ?? record.xeroUrl} />
        </div>
      }
    />
  );
}

/** The first sentence says what is the matter, the others explain it. */
function Reasons({ texts: [first, ...others] }: { texts: readonly string[] }) {
  return (
    <>
      {first && <p className="record-reason">{first}</p>}
      {others.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </>
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
