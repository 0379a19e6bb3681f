import type { Context } from '#shared/embed-messages.ts';
import type { Theme } from './theme-signals.ts';

/** What the element's attributes ask the frame to show. `pageTheme` counts when they leave the theme to the page. */
export function readContext(of: (name: string) => string, pageTheme: Theme | '') {
  const view = oneOf(of('view'), ['detail', 'quick', 'settings'] as const);
  const isSettings = view === 'settings';
  const theme = of('theme');
  return {
    type: 'context',
    recordType: isSettings ? view : oneOf(of('record-type'), ['contact', 'company', 'deal', 'settings'] as const),
    recordId: isSettings ? '' : of('record-id'),
    view,
    theme: theme === 'light' || theme === 'dark' ? theme : pageTheme,
    locale: of('locale'),
  } satisfies Omit<Context, 'ns' | 'v'>;
}

function oneOf<const Value extends string>(text: string, values: readonly [Value, ...Value[]]): Value {
  return values.find((value) => value === text) ?? values[0];
}
