import { expect, it } from 'vitest';
import { chooseTheme } from './theme.ts';

it.each([
  ['dark', 'light', false, 'dark'],
  ['light', 'dark', true, 'light'],
  ['auto', 'normal', true, 'light'],
  ['auto', 'dark', false, 'dark'],
  ['auto', 'light dark', true, 'dark'],
  ['auto', 'light dark', false, 'light'],
  [null, 'light', true, 'light'],
  ['purple', 'dark', false, 'dark'],
] as const)(
  'when the page asks for %s with color-scheme %s (prefers dark: %s), then %s',
  (wanted, scheme, dark, theme) => {
    expect(chooseTheme(wanted, scheme, dark)).toBe(theme);
  },
);
