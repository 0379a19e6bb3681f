import type { Context } from '#shared/embed-messages.ts';
import { chooseTheme } from './theme.ts';

type Attributes = { getAttribute(name: string): string | null };

/** What the element's attributes ask the frame to show. */
export function readContext(element: Attributes, colorScheme: string, prefersDark: boolean) {
  const of = (name: string) => element.getAttribute(name) ?? '';
  const view = oneOf(of('view'), ['detail', 'quick', 'settings'] as const);
  const isSettings = view === 'settings';
  return {
    type: 'context',
    recordType: isSettings ? view : oneOf(of('record-type'), ['contact', 'company', 'deal', 'settings'] as const),
    recordId: isSettings ? '' : of('record-id'),
    view,
    theme: chooseTheme(of('theme'), colorScheme, prefersDark),
    locale: of('locale') || navigator.language,
  } satisfies Omit<Context, 'ns' | 'v'>;
}

function oneOf<const Value extends string>(text: string, values: readonly [Value, ...Value[]]): Value {
  return values.find((value) => value === text) ?? values[0];
}
