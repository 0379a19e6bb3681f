import { useEffect, useState } from 'react';

/** Returns a changed value only after it has stayed the same for `restMs` milliseconds. */
export function useDebounced<Value>(value: Value, restMs: number): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(setRested, restMs, value);
    return () => clearTimeout(timer);
  }, [value, restMs]);
  return rested;
}
