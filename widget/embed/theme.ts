import { declaredBy, onlyScheme, type Theme, toShade } from './theme-signals.ts';

/**
 * The loader imports this while the frame loads, for `theme="auto"`. Cached old loaders call it too, so keep its
 * signature.
 */
export type FollowTheme = (element: Element, onTheme: (theme: Theme) => void, signal: AbortSignal) => void;

/** Tells the theme of the page around the element, now and after each change, until `signal` aborts. */
export const followTheme: FollowTheme = (element, onTheme, signal) => {
  let known: Theme | undefined;
  let isQueued = false;

  const check = () => {
    isQueued = false;
    if (signal.aborted) return;
    const places = listPlaces(element);
    for (const place of places) changes.observe(place, { attributes: true });
    const theme = findTheme(places);
    if (theme !== known) onTheme(theme);
    known = theme;
  };
  /** Runs once for all changes of one moment, before they are painted. */
  const queue = () => {
    if (!isQueued) requestAnimationFrame(check);
    isQueued = true;
  };

  const changes = new MutationObserver(queue);
  // A meta element or a style sheet is added, changed or removed.
  changes.observe(document.head, { attributes: true, childList: true, subtree: true });
  signal.addEventListener('abort', () => changes.disconnect());
  // A style sheet is loaded late, or a transition of a background ends.
  for (const name of ['load', 'transitionend']) document.addEventListener(name, queue, { signal, capture: true });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', queue, { signal });
  check();
};

/** The element and its ancestors, the nearest first, also across shadow trees. `html` is the last. */
function listPlaces(element: Element): Element[] {
  const places: Element[] = [];
  for (let place: Element | undefined = element; place; place = place.parentElement ?? hostOf(place))
    places.push(place);
  return places;
}

function hostOf(place: Element): Element | undefined {
  const root = place.getRootNode();
  return root instanceof ShadowRoot ? root.host : undefined;
}

/**
 * The nearest declared theme, or else the page's `color-scheme`. If nothing is declared, the brightness of the nearest
 * background decides. If all backgrounds are transparent, as over pictures, the text colour decides: it is light on
 * dark pages, and in the browser's own colours it follows the browser's preference.
 */
function findTheme(places: readonly Element[]): Theme {
  const [element = document.body] = places;
  const { colorScheme, color } = getComputedStyle(element);
  const declared = places.map(({ attributes }) => declaredBy(attributes)).find(Boolean);
  const meta = document.querySelector<HTMLMetaElement>('meta[name=color-scheme]')?.content ?? '';
  const said = declared ?? onlyScheme(colorScheme === 'normal' ? meta : colorScheme);
  if (said) return said;
  const background = places
    .map((place) => toShade(getComputedStyle(place).backgroundColor))
    .find(({ alpha }) => alpha > 0.5);
  const isDark = background ? background.brightness < 0.5 : toShade(color).brightness > 0.5;
  return isDark ? 'dark' : 'light';
}
