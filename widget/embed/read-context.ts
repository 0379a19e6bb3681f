import type { Context } from '#shared/embed-messages.ts';
import type { Theme } from './theme-signals.ts';

/**
 * What the element's attributes ask the frame to show. `pageTheme` counts when they leave the theme to the page. The
 * settings and the overview of sync are about no record.
 */
export function readContext(of: (name: string) => string, pageTheme: Theme | '') {
  const view = of('view');
  const isOwn = view === 'settings' || view === 'sync';
  const theme = of('theme');
  return {
    type: 'context',
    recordType: isOwn ? view : of('record-type') || 'contact',
    recordId: isOwn ? '' : of('record-id'),
    view,
    theme: theme === 'light' || theme === 'dark' ? theme : pageTheme,
    locale: of('locale'),
  } satisfies Omit<Context, 'ns' | 'v'>;
}
