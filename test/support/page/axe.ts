import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { readOverflow } from './screen.ts';

/** From the narrowest sidebar to a whole page. */
const widths = [280, 400, 860] as const;

export async function listViolations(page: Page, rules?: string[]): Promise<string[]> {
  const builder = new AxeBuilder({ page }).include(['ledgerside-widget > iframe', 'html']);
  const { violations } = await (rules ? builder.withRules(rules) : builder).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** At each width nothing scrolls sideways and axe finds nothing, and in the other theme it finds no colour. */
export async function expectAccessible(page: Page): Promise<void> {
  const host = page.locator('ledgerside-widget');
  const setTheme = async (theme: string) => {
    await host.evaluate((element, value) => element.setAttribute('theme', value), theme);
    await page.frameLocator('ledgerside-widget > iframe').locator(`html[data-theme=${theme}]`).waitFor();
  };
  for (const width of widths) {
    expect(await readOverflow(page, width)).toBe(0);
    expect(await listViolations(page)).toEqual([]);
    await setTheme('dark');
    // A second theme can only break the rules about colours.
    expect(await listViolations(page, ['color-contrast'])).toEqual([]);
    await setTheme('light');
  }
}
