import type { FrameLocator, Locator, Page } from 'playwright-core';
import { vi } from 'vitest';

/** How long a screen may take to show something before a test fails, in milliseconds. It measures nothing. */
const patienceMs = 30_000;

/** Repeats a check until it passes, for a screen that is about to change. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: patienceMs, interval: 50 });
}

/** Text with every run of white space, including non-breaking spaces, as one space. */
export async function readText(place: Locator): Promise<string> {
  return ((await place.innerText()) ?? '').replace(/\s+/g, ' ').trim();
}

/** The rows of the figures, by table and label. */
export const figures = {
  outstanding: ['They owe you', 'Outstanding invoices'],
  overdue: ['They owe you', 'of which overdue'],
  bills: ['You owe them', 'Outstanding bills'],
  overdueBills: ['You owe them', 'of which overdue'],
  quotes: ['Open quotes', 'Draft and sent'],
} as const;

/** A figure's count and amount as shown: `3 AUD 12,480.00`. */
export async function readFigure(widget: FrameLocator, figure: keyof typeof figures): Promise<string> {
  const [table, label] = figures[figure];
  const row = widget.getByRole('table', { name: table }).getByRole('row', { name: label });
  return (await readText(row)).slice(label.length).trim();
}

/** All text of the widget as one line. */
export function readWidget(widget: FrameLocator): Promise<string> {
  return readText(widget.locator('#root'));
}

/** True when the figures are shown dimmed, as after a failure. */
export function isDimmed(widget: FrameLocator): Promise<boolean> {
  return widget
    .locator('[data-part=summary]')
    .evaluate((summary) => Number(getComputedStyle(summary).opacity) < 1 || summary.classList.contains('dimmed'));
}

/** A console message about a connection whose server stopped. Which one appears depends on timing. */
export const lostConnection = /ERR_(CONNECTION|EMPTY_RESPONSE|INCOMPLETE_CHUNKED|SOCKET_NOT_CONNECTED)/;

/** How many pixels the widget's content is wider than its frame at this width. */
export async function readOverflow(page: Page, width: number): Promise<number> {
  await page.locator('ledgerside-widget').evaluate((element, px) => {
    element.style.cssText = `display:block;width:${px}px`;
  }, width);
  const root = page.frameLocator('ledgerside-widget > iframe').locator('html');
  return root.evaluate(async (html, px) => {
    // A frame in another process learns its new width some animation frames later.
    do await new Promise(requestAnimationFrame);
    while (window.innerWidth !== px);
    return html.scrollWidth - html.clientWidth;
  }, width);
}

type HostEvent = { type: string; detail: Record<string, unknown>; recordId: string };

/** The events that the element sent to the page, oldest first; the example CRM records them. */
export function readEvents(page: Page): Promise<HostEvent[]> {
  return page.evaluate(() => (window as unknown as { ledgersideEvents: HostEvent[] }).ledgersideEvents);
}
