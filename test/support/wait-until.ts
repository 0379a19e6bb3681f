const pauseMs = 40;
const usualPatienceMs = 30_000;

/**
 * Asks again and again until `holds` says yes. What `holds` throws ends the wait at once. The patience is there to
 * fail with words instead of hanging; nothing is measured by it.
 */
export async function waitUntil(
  holds: () => Promise<boolean> | boolean,
  what: string,
  patienceMs = usualPatienceMs,
): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error(`waited ${patienceMs / 1000} s for ${what}`);
    // Real time: between two looks.
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
