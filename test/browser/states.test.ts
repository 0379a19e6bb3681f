import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { arrangeNext } from '#test/support/page/arrange-state.ts';
import { readOverflow } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { type State, states } from '#test/support/page/states.ts';

const stage = setStage({ env: { XERO_TIMEOUT_SECONDS: '1' } });

/** What a host's sidebar may leave, from the narrowest of the CRMs that were measured to a page of its own. */
const widths = [250, 280, 320, 400, 860] as const;

async function listViolations(page: Page, rules?: string[]): Promise<string[]> {
  const builder = new AxeBuilder({ page }).include(['ledgerside-widget > iframe', 'html']);
  const { violations } = await (rules ? builder.withRules(rules) : builder).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

let before: State | undefined;

describe.each(states.filter(({ isAlike }) => !isAlike))('the screen $name', (state) => {
  const { path, user, arrange, act, shows, problems = [] } = state;
  test('when it is shown light and dark, narrow and wide, then everybody can read it and nothing scrolls sideways', async () => {
    const world = stage.world();
    await arrangeNext(world, state, before);
    before = state;
    await arrange?.(world);
    // Colours on their way from one theme to the other are nobody's colours.
    const { page, widget, expectProblems } = await stage.open(path, { user, reducedMotion: 'reduce' });
    expectProblems(...problems);
    await act?.(widget, world);
    await widget.getByText(shows).first().waitFor();
    expect(await listViolations(page)).toEqual([]);
    await page.locator('#theme-switch').click();
    await widget.locator('html[data-theme=dark]').waitFor();
    // Of all rules, colours are what another theme can break.
    expect(await listViolations(page, ['color-contrast'])).toEqual([]);
    for (const width of widths) expect(await readOverflow(page, width)).toBe(0);
  });
});
