import { useEffect, useState } from 'react';
import type { Failure } from '#widget/session/failures/failure.ts';
import { useReportFailure } from '#widget/session/use-page-events.ts';
import { Button } from '#widget/ui/button.tsx';
import { Message } from '#widget/ui/message.tsx';
import { uiWords } from '#widget/ui/words.ts';
import { notSentWords } from './own-words.ts';

/** Waits before the server is asked again, in milliseconds. A CRM sends a new record within moments. */
const waitsMs = [2_000, 4_000, 8_000, 16_000, 32_000, 64_000];

type Props = { failure: Failure; onCheckAgain(): void; isChecking: boolean };

/** A record that the CRM's backend has not sent, such as one that was saved just now. */
export function NotSent({ failure, onCheckAgain, isChecking }: Props) {
  const [tries, setTries] = useState(0);
  useReportFailure(failure);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try starts the next wait, not each render
  useEffect(() => {
    const waitMs = waitsMs[tries];
    if (waitMs === undefined || isChecking) return;
    const timer = setTimeout(() => {
      setTries(tries + 1);
      onCheckAgain();
    }, waitMs);
    return () => clearTimeout(timer);
  }, [tries, isChecking]);
  return (
    <Message
      icon="clock"
      title={notSentWords.title}
      action={
        <Button isBusy={isChecking} onClick={onCheckAgain}>
          {uiWords.checkAgain}
        </Button>
      }
    >
      {notSentWords.text}
    </Message>
  );
}
