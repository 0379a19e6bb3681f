import { useEffect, useRef, useState } from 'react';

/**
 * The whole seconds left of a wait; calls `onEnd` when it is over. A new `key` restarts it. It reads the clock, because
 * timers of a hidden tab are late.
 */
export function useCountdown(seconds: number | undefined, key: unknown, onEnd: () => void): number | null {
  const [left, setLeft] = useState<number | null>(seconds === undefined ? null : Math.ceil(seconds));
  const end = useRef(onEnd);
  end.current = onEnd;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key names the failure that the wait belongs to
  useEffect(() => {
    if (seconds === undefined) return setLeft(null);
    const until = Date.now() + seconds * 1000;
    const tick = () => {
      const rest = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setLeft(rest);
      if (rest > 0) return;
      clearInterval(timer);
      end.current();
    };
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [seconds, key]);
  return left;
}
