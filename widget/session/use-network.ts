import { useEffect, useRef } from 'react';

/** Refreshes when the browser reports that the network is gone, so that the screen says so, and when it is back. */
export function useNetwork(refresh: () => void): void {
  const latest = useRef(refresh);
  latest.current = refresh;
  useEffect(() => {
    const leaving = new AbortController();
    for (const name of ['offline', 'online'])
      addEventListener(name, () => latest.current(), { signal: leaving.signal });
    return () => leaving.abort();
  }, []);
}
