export type Theme = 'light' | 'dark';

/**
 * The theme to show on this page. `auto` follows what the page says of itself through `color-scheme`; a page that
 * says nothing is drawn light by every browser, whatever the system prefers.
 */
export function chooseTheme(wanted: string | null, colorScheme: string, prefersDark: boolean): Theme {
  if (wanted === 'light' || wanted === 'dark') return wanted;
  const isDark = colorScheme.includes('dark') && (prefersDark || !colorScheme.includes('light'));
  return isDark ? 'dark' : 'light';
}
