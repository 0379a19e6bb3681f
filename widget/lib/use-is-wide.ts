import { useSyncExternalStore } from 'react';

/** Whether the frame is at least so many times the reader's font size wide, as it is being dragged too. */
export function useIsWide(em: number): boolean {
  const query = `(min-width: ${em}em)`;
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
  );
}
