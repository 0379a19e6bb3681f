/** Runs `work` at an interval of real time. It does not keep the process alive. Returns a function that stops it. */
export function everyRealMs(ms: number, work: () => void): () => void {
  // Real time: what is renewed expires by the clock of Redis, which does not follow the test clock.
  const timer = setInterval(work, ms).unref();
  return () => clearInterval(timer);
}
