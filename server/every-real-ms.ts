/**
 * Runs `work` at an interval of real time, also while a test moves the clock: what it renews expires by the clock of
 * Redis. It does not keep the process alive. Returns a function that stops it.
 */
export function everyRealMs(ms: number, work: () => void): () => void {
  const timer = setInterval(work, ms).unref();
  return () => clearInterval(timer);
}
