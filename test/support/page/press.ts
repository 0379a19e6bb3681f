import type { Frame, Locator } from 'playwright-core';

type Watched = typeof globalThis & { hasHeardPress?: boolean };

const mostPresses = 3;

/**
 * Presses a target inside the frame once the frame no longer moves, and again if the press missed. Earlier events may
 * still move the frame and the page, and a test may press where the button was a moment ago.
 */
export async function press(target: Locator): Promise<void> {
  const frame = await (await target.elementHandle())?.ownerFrame();
  for (let presses = 0; presses < mostPresses; presses += 1) {
    await standStill(target);
    await listen(target);
    await target.click();
    if (!frame || (await wasHeard(frame))) return;
  }
  throw new Error(`pressed ${mostPresses} times beside ${target}`);
}

/** Contains no named functions, because tsx would add helper calls that do not exist in the page. */
async function standStill(target: Locator): Promise<void> {
  await target.evaluate(async () => {
    let before = '';
    for (let calmFrames = 0; calmFrames < 12; calmFrames += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = `${document.documentElement.scrollHeight} ${innerHeight}`;
      if (now !== before) calmFrames = 0;
      before = now;
    }
  });
}

async function listen(target: Locator): Promise<void> {
  await target.evaluate((element) => {
    (globalThis as Watched).hasHeardPress = false;
    document.addEventListener(
      'click',
      (event) => {
        (globalThis as Watched).hasHeardPress ||= event.composedPath().includes(element);
      },
      { capture: true, once: true },
    );
  });
}

/** A frame that navigated away because of the press has heard it. */
async function wasHeard(frame: Frame): Promise<boolean> {
  return frame.evaluate(() => (globalThis as Watched).hasHeardPress !== false).catch(() => true);
}
