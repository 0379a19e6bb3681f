import { declaredBy, onlyScheme, type Theme, toShade } from './theme-signals.ts';

/** What the loader imports while the frame loads, for `theme="auto"`. Loaders of earlier days call it too: keep its shape. */
export type FollowTheme = (element: Element, onTheme: (theme: Theme) => void, signal: AbortSignal) => void;

/** Tells the theme of the page around the element, at once and whenever it changes, until `signal` aborts. */
export const followTheme: FollowTheme = (element, onTheme, signal) => {
  let known: Theme | undefined;
  let isQueued = false;

  const look = () => {
    isQueued = false;
    if (signal.aborted) return;
    const places = listPlaces(element);
    for (const place of places) changes.observe(place, { attributes: true });
    const theme = findTheme(places);
    if (theme !== known) onTheme(theme);
    known = theme;
  };
  /** Once for all changes of a moment, before they are painted. */
  const queue = () => {
    if (!isQueued) requestAnimationFrame(look);
    isQueued = true;
  };

  const changes = new MutationObserver(queue);
  // A meta or a style sheet that is added, changed or taken away.
  changes.observe(document.head, { attributes: true, childList: true, subtree: true });
  signal.addEventListener('abort', () => changes.disconnect());
  // A style sheet that came late; a background that changed softly.
  for (const name of ['load', 'transitionend']) document.addEventListener(name, queue, { signal, capture: true });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', queue, { signal });
  look();
};

/** The element and what is around it, the nearest first, out of shadow trees too; at the end `html`. */
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
 * What the nearest of these places declares, else the page's `color-scheme`. Where nothing is declared, the nearest
 * background decides by its brightness; where one sees through all of them, as with pictures, the text does, which is
 * light on dark pages and, in the browser's own colours, where the browser prefers dark.
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
