import { useSyncExternalStore } from 'react';

/** Whether the frame is at least `em` wide. Follows resizing. */
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
