import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { CallError, lostFailure, toFailure } from './failures/failure.ts';
import { useFrame } from './frame.ts';
import { parseProblem } from './requests/problem.ts';
import { viewKey } from './use-view.ts';

/** Starts live updates after the first content. Their code is loaded then, because nothing waits for it. */
export function useLive(isOpened: boolean) {
  const { session, announce } = useFrame();
  const client = useQueryClient();
  useEffect(() => {
    if (!isOpened) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    import('./live/start-live.ts').then(
      ({ startLive }) => startLive({ session, client, viewKey, announce, toCallError, codeOf, signal }),
      // Everything else works without live updates. The next record tries again.
      () => undefined,
    );
    return () => leaving.abort();
  }, [isOpened, session, client, announce]);
}

function codeOf(error: unknown) {
  return toFailure(error).code;
}
function toCallError(status: number | null, text: string) {
  return new CallError(status === null ? lostFailure() : parseProblem(status, text));
}
