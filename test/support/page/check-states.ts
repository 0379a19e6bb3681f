import { describe, expect, test } from 'vitest';
import { arrangeNext } from './arrange-state.ts';
import { listViolations } from './axe.ts';
import { readOverflow } from './screen.ts';
import { setStage } from './stage.ts';
import type { State } from './states.ts';

/** Widths of the frame, from the narrowest sidebar of the measured CRMs to a whole page. */
const widths = [250, 280, 320, 400, 860] as const;

/** Each state is a test of its own. A file has one world for all of its states. */
export function checkStates(states: readonly State[]): void {
  const stage = setStage({ env: { XERO_TIMEOUT_SECONDS: '1' } });
  let before: State | undefined;

  describe.each(states.filter(({ isAlike }) => !isAlike))('the screen $name', (state) => {
    const { path, user, arrange, act, shows, problems = [] } = state;
    test('when it is light or dark, narrow or wide, then it is accessible and nothing scrolls sideways', async () => {
      const world = stage.world();
      await arrangeNext(world, state, before);
      before = state;
      await arrange?.(world);
      // Ends transitions between themes, because colours in between are not part of a theme.
      const { page, widget, expectProblems } = await stage.open(path, { user, reducedMotion: 'reduce' });
      expectProblems(...problems);
      await act?.(widget, world);
      await widget.getByText(shows).first().waitFor();
      expect(await listViolations(page)).toEqual([]);
      await page.locator('#theme-switch').click();
      await widget.locator('html[data-theme=dark]').waitFor();
      // A second theme can only break the rules about colours.
      expect(await listViolations(page, ['color-contrast'])).toEqual([]);
      for (const width of widths) expect(await readOverflow(page, width)).toBe(0);
    });
  });
}
