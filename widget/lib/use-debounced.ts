import { useEffect, useState } from 'react';

/** The value after it has not changed for so many milliseconds. */
export function useDebounced<Value>(value: Value, restMs: number): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(setRested, restMs, value);
    return () => clearTimeout(timer);
  }, [value, restMs]);
  return rested;
}
