import { useEffect } from 'react';
import { useFrame } from './frame.ts';

/** Tells the page, once for each record, that its first content is shown. */
export function useReadyEvent(): void {
  const { host } = useFrame();
  useEffect(() => host.send({ type: 'event', name: 'ready', detail: {} }), [host]);
}
