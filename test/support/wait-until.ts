const pauseMs = 40;
const usualPatienceMs = 30_000;

/**
 * Asks again until `holds` returns true. An error in `holds` ends the wait at once. The time limit makes a test fail
 * with a message instead of hanging; it measures nothing.
 */
export async function waitUntil(
  holds: () => Promise<boolean> | boolean,
  what: string,
  patienceMs = usualPatienceMs,
): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error(`waited ${patienceMs / 1000} s for ${what}`);
    // Real time: a pause between two checks.
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
