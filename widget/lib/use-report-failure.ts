import { useEffect } from 'react';
import { errorWords } from './error-words.ts';
import type { Failure } from './failure.ts';
import { useFrame } from './frame.ts';

/** Tells the page and screen readers of a failure, once for each. */
export function useReportFailure({ code, requestId }: Pick<Failure, 'code' | 'requestId'>): void {
  const { host, announce } = useFrame();
  useEffect(() => {
    const { title, reason } = errorWords(code);
    announce(`${title}. ${reason}`);
    host.send({ type: 'event', name: 'error', detail: { code, requestId } });
  }, [code, requestId, host, announce]);
}
