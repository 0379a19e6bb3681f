import { useSyncExternalStore } from 'react';

/** Whether the frame is at least so many CSS pixels wide, as it is being dragged too. */
export function useIsWide(px: number): boolean {
  const query = `(min-width: ${px}px)`;
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
  );
}
