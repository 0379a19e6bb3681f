import { useEffect } from 'react';
import type { Failure } from './failures/failure.ts';
import { useFrame } from './frame.ts';

/** Tells the page, once for each record, that its first content is shown. */
export function useReadyEvent(): void {
  const { host } = useFrame();
  useEffect(() => host.send({ type: 'event', name: 'ready', detail: {} }), [host]);
}

/** Tells the page of each failure that is shown, once. */
export function useReportFailure({ code, requestId }: Pick<Failure, 'code' | 'requestId'>): void {
  const { host } = useFrame();
  useEffect(() => host.send({ type: 'event', name: 'error', detail: { code, requestId } }), [code, requestId, host]);
}
