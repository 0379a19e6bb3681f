import type { Locator } from 'playwright-core';

/**
 * Presses something inside the frame once the frame stands still: what happened last may have changed its height, and
 * a machine is quick enough to press where the button was a moment ago.
 */
export async function press(target: Locator): Promise<void> {
  // Without a function that has a name: tsx would mark it with one of its own, which the page does not know.
  await target.evaluate(async () => {
    let before = '';
    for (let calmFrames = 0; calmFrames < 12; calmFrames += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = `${document.documentElement.scrollHeight} ${innerHeight}`;
      if (now !== before) calmFrames = 0;
      before = now;
    }
  });
  await target.click();
}
