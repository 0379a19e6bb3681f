import { type ReactNode, useLayoutEffect } from 'react';
import { useCountdown } from '#widget/lib/use-countdown.ts';
import { errorWords, unreadableWords } from '#widget/session/failures/error-words.ts';
import type { Failure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useConnect } from '#widget/session/use-connect.ts';
import { useReportFailure } from '#widget/session/use-page-events.ts';
import { Button } from '../button.tsx';
import { Note } from '../note.tsx';
import { failureWords, uiWords } from '../words.ts';
import { Reason, RequestId } from './failure-parts.tsx';

type Props = {
  failure: Failure;
  isRetrying: boolean;
  onRetry(): void;
  /** Called after a wait that Xero asked for. Default: `onRetry`. */
  onWaited?(): void;
  /** The instant of the figures that are shown with it. */
  knownSince?: string | null;
};

/** Shown when loading failed: what happened, what to do, and when it continues automatically. */
export function FailureNote({ failure, isRetrying, onRetry, onWaited = onRetry, knownSince }: Props) {
  const { format } = useFrame();
  useReportFailure(failure);
  useFocusAfterwards();
  const left = useCountdown(failure.retryAfterSeconds, failure.requestId, onWaited);
  const words = errorWords(failure);
  const { isAdmin } = useConnect();
  const isWaiting = words.action === 'wait' && left !== null;
  return (
    <Note
      tone={words.action === 'wait' ? 'warn' : 'danger'}
      icon={words.action === 'wait' ? 'clock' : 'warning'}
      title={words.title}
      reason={
        <Reason
          reason={words.action === 'connect' && !isAdmin ? `${words.reason} ${failureWords.askAdmin}` : words.reason}
          failure={failure}
        />
      }
      isAlert
      action={!isWaiting && <NextStep action={words.action} isRetrying={isRetrying} onRetry={onRetry} />}
    >
      {failure.reason === 'offline' && <>{failureWords.offline} </>}
      {left !== null && <Countdown left={left} isRetrying={isRetrying} />}
      {knownSince && failureWords.knownSince(format.moment(knownSince))}
      {failure.requestId && <RequestId id={failure.requestId} />}
    </Note>
  );
}

type StepProps = { action: 'retry' | 'wait' | 'connect'; isRetrying: boolean; onRetry(): void };

function NextStep({ action, isRetrying, onRetry }: StepProps): ReactNode {
  const { isAdmin, connect, isLeaving } = useConnect();
  if (action === 'connect' && isAdmin)
    return (
      <Button variant="primary" isBusy={isLeaving} onClick={connect}>
        {uiWords.connect}
      </Button>
    );
  return (
    <Button isBusy={isRetrying} onClick={onRetry}>
      {action === 'connect' ? uiWords.checkAgain : uiWords.retry}
    </Button>
  );
}

/** For longer waits than this, the end is shown instead of a countdown, in seconds. */
const longWaitSeconds = 600;

function Countdown({ left, isRetrying }: { left: number; isRetrying: boolean }) {
  const { format } = useFrame();
  if (left === 0) return isRetrying && <>{failureWords.refreshingNow} </>;
  if (left > longWaitSeconds) {
    const end = new Date(format.now().getTime() + left * 1000);
    return <>{failureWords.refreshesAt(format.moment(end))} </>;
  }
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  return <span className="countdown">{failureWords.refreshesIn(clock)} </span>;
}

/** After a successful Retry its button disappears, so the focus moves from it to the heading. */
function useFocusAfterwards() {
  useLayoutEffect(
    () => () => {
      if (document.activeElement?.closest('[data-part=note]')) document.querySelector('h1')?.focus();
    },
    [],
  );
}

/** Shown when figures or a list lack documents. Nothing has failed, so the page is not told of an error. */
export function UnreadableNote({ count }: { count: number }) {
  const { format } = useFrame();
  return <Note tone="warn" icon="warning" {...unreadableWords(count, format)} isAlert />;
}
