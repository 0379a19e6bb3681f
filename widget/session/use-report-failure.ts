import { useEffect } from 'react';
import type { Failure } from './failure.ts';
import { useFrame } from './frame.ts';

/** Tells the page of a failure that is shown, once for each. */
export function useReportFailure({ code, requestId }: Pick<Failure, 'code' | 'requestId'>): void {
  const { host } = useFrame();
  useEffect(() => host.send({ type: 'event', name: 'error', detail: { code, requestId } }), [code, requestId, host]);
}
