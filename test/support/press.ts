import type { Locator } from 'playwright-core';

/**
 * Presses something inside the frame once the frame stands still: what happened last may have changed its height, and
 * a machine is quick enough to press where the button was a moment ago.
 */
export async function press(target: Locator): Promise<void> {
  await target.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const wanted = 12;
        const look = (calmFrames: number, before: string): void => {
          const { scrollHeight } = document.documentElement;
          const now = `${scrollHeight} ${innerHeight}`;
          const isCalm = now === before;
          if (isCalm && calmFrames === wanted) resolve();
          else requestAnimationFrame(() => look(isCalm ? calmFrames + 1 : 0, now));
        };
        look(0, '');
      }),
  );
  await target.click();
}
