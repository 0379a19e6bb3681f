import { describe, expect, test } from 'vitest';
import { declaredBy, onlyScheme, toShade } from './theme-signals.ts';

describe('declaredBy', () => {
  test.each([
    ['class', 'dark', 'dark'],
    ['class', 'app theme-dark wide', 'dark'],
    ['class', 'dark-mode', 'dark'],
    ['class', 'theme-light', 'light'],
    ['class', 'bg-white dark:bg-black', undefined],
    ['class', 'darkroom twilight', undefined],
    ['data-theme', 'dark', 'dark'],
    ['data-theme', 'Dark', 'dark'],
    ['data-theme', 'light', 'light'],
    ['data-theme', 'dracula', undefined],
    ['data-bs-theme', 'dark', 'dark'],
    ['data-mui-color-scheme', 'dark', 'dark'],
    ['data-mantine-color-scheme', 'dark', 'dark'],
    ['data-color-mode', 'dark', 'dark'],
    ['data-color-mode', 'auto', undefined],
    ['data-color-scheme', 'light', 'light'],
    // GitHub's, which say what light and dark would be, beside data-color-mode.
    ['data-dark-theme', 'dark', undefined],
    ['data-light-theme', 'light', undefined],
    ['id', 'dark', undefined],
  ])('when an element has %s="%s", then it declares %s', (name, value, theme) => {
    expect(
      declaredBy([
        { name: 'lang', value: 'en' },
        { name, value },
      ]),
    ).toBe(theme);
  });
});

test.each([
  ['dark', 'dark'],
  ['only light', 'light'],
  ['light dark', undefined],
  ['normal', undefined],
  ['', undefined],
])('when the color-scheme is %j, then it says %s', (scheme, theme) => {
  expect(onlyScheme(scheme)).toBe(theme);
});

describe('toShade', () => {
  test.each([
    ['rgb(0, 0, 0)', 0, 1],
    ['rgb(255, 255, 255)', 1, 1],
    ['rgba(0, 0, 0, 0)', 0, 0],
    ['rgba(18, 18, 18, 0.9)', 0.07, 0.9],
    ['rgb(0, 0, 255)', 0.1, 1],
    ['rgb(255, 255, 0)', 0.9, 1],
    ['color(srgb 0.1 0.1 0.1)', 0.1, 1],
    ['color(display-p3 0.9 0.9 0.9 / 0.2)', 0.9, 0.2],
    ['oklch(0.208 0.042 265.755)', 0.208, 1],
    ['oklab(0.97 0 0)', 0.97, 1],
    ['lab(7.78 -1.4 -14 / 0.8)', 0.0778, 0.8],
    ['lch(98 none none)', 0.98, 1],
    ['color(srgb 5.9e-8 none 0)', 0, 1],
  ])('when the colour is %s, then its brightness is %d and its alpha %d', (color, brightness, alpha) => {
    const shade = toShade(color);
    expect(shade.brightness).toBeCloseTo(brightness, 2);
    expect(shade.alpha).toBe(alpha);
  });
});
