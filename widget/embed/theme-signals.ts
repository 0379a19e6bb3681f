export type Theme = 'light' | 'dark';

/** Attributes in which pages declare their theme with Tailwind, Bootstrap, MUI, Mantine, Primer and many others. */
const themeAttribute = /^(class|data-((bs-)?theme|(mui-|mantine-)?color-(scheme|mode)))$/;
/** A theme as a whole word, such as `dark`, `theme-dark` or `dark-mode`, but not Tailwind's `dark:bg-black`. */
const themeWord = /(?:^|\s)(?:theme-)?(dark|light)(?:-mode|-theme)?(?:\s|$)/i;

/** The theme that an element's attributes declare. */
export function declaredBy(attributes: Iterable<{ name: string; value: string }>): Theme | undefined {
  for (const { name, value } of attributes) {
    const word = themeAttribute.test(name) && themeWord.exec(value)?.[1];
    if (word) return word.toLowerCase() === 'dark' ? 'dark' : 'light';
  }
  return undefined;
}

/** The theme of a `color-scheme`. A page that names both does not say which one it shows. */
export function onlyScheme(colorScheme: string): Theme | undefined {
  const isDark = colorScheme.includes('dark');
  if (isDark === colorScheme.includes('light')) return undefined;
  return isDark ? 'dark' : 'light';
}

/**
 * The brightness of a computed colour, from 0 (black) to 1 (white), and its opacity. Browsers write `rgb()` and
 * `rgba()` in 255 steps, `color()` from 0 to 1, and other forms with the lightness first, up to 1 or 100.
 */
export function toShade(color: string): { brightness: number; alpha: number } {
  const [, notation = '', values = ''] = /^([a-z]+)\((?:[a-z][\w-]*\s)?(.*)\)$/.exec(color) ?? [];
  // `none` counts as 0.
  const [first = 0, second = 0, third = 0, alpha = 1] = values
    .split(/[\s,/]+/)
    .map((value) => Number.parseFloat(value) || 0);
  const isLightness = /l(ab|ch)$/.test(notation);
  const sum = isLightness ? first : 0.3 * first + 0.6 * second + 0.1 * third;
  return { brightness: sum / (steps[notation] ?? 1), alpha };
}

const steps: Readonly<Record<string, number>> = { rgb: 255, rgba: 255, lab: 100, lch: 100 };
