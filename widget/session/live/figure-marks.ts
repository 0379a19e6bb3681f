type Place = { label: string; text: string; element: HTMLElement };
type Places = Map<string, Place>;

/** How long a changed figure is marked, in milliseconds; and how long after news its change is waited for. */
const markMs = 4_000;
const expectMs = 6_000;
/** Figures of one answer are drawn in several steps and told once. */
const gatherMs = 300;
const mostTold = 4;

/** Where figures stand, and what in them is their name and their value. */
const places = [
  { place: 'table.figures tbody tr', name: '.label-start, .label-end', value: 'td' },
  { place: '.hero', name: '', value: '.hero-amount' },
  { place: '.quiet > div', name: 'dt', value: 'dd' },
  { place: '.stage', name: '.stage-words span:first-child', value: '.amount' },
  { place: '.members > ul > li', name: '.member-id .clip:first-child', value: '.amount' },
  { place: '.documents li, .document-rows li', name: '.open-row', value: '.amount' },
  { place: '.document-table tbody tr', name: '.open-row', value: '.amount, .status' },
] as const;

export type FigureMarks = {
  /** News are about to be drawn: what then reads otherwise is marked, and told once. */
  expect(): void;
  stop(): void;
};

/**
 * Marks what changed by itself. It looks at the page as a person does, so that no screen has to know of it; the mark is
 * an animation, which leaves React's own attributes alone and keeps still where motion is unwelcome.
 */
export function watchFigures(root: HTMLElement, tell: (changes: string[]) => void): FigureMarks {
  let before: Places = new Map();
  let until: ReturnType<typeof setTimeout> | undefined;
  let telling: ReturnType<typeof setTimeout> | undefined;
  const changes = new Map<string, string>();

  const look = () => {
    const now = readPlaces(root);
    for (const [key, { label, text, element }] of now) {
      const known = before.get(key);
      // What stood there without a figure was a skeleton.
      if (!known?.text || known.text === text) continue;
      mark(element);
      if (label) changes.set(key, `${label} ${text}`);
    }
    before = new Map([...before, ...now]);
    if (changes.size > 0) telling ??= setTimeout(tellOnce, gatherMs);
  };
  const tellOnce = () => {
    telling = undefined;
    tell([...changes.values()].slice(0, mostTold));
    changes.clear();
  };
  const observer = new MutationObserver(look);
  const rest = () => observer.disconnect();
  return {
    expect() {
      before = readPlaces(root);
      observer.observe(root, { subtree: true, childList: true, characterData: true });
      clearTimeout(until);
      until = setTimeout(rest, expectMs);
    },
    stop() {
      rest();
      clearTimeout(until);
      clearTimeout(telling);
    },
  };
}

function readPlaces(root: HTMLElement): Places {
  const found: Places = new Map();
  for (const { place, name, value } of places) {
    for (const element of root.querySelectorAll<HTMLElement>(place)) {
      const label = name ? readAll(element, name) : '';
      const title = element.closest('table')?.getAttribute('aria-labelledby') ?? '';
      found.set(`${place} ${title} ${label}`, { label, text: readAll(element, value), element });
    }
  }
  return found;
}

function readAll(element: HTMLElement, selector: string): string {
  const texts = [...element.querySelectorAll(selector)].map(({ textContent }) => textContent ?? '');
  return texts.join(' ').replace(/\s+/g, ' ').trim();
}

function mark(element: HTMLElement): void {
  // By name, so that it follows when the page changes its theme meanwhile.
  const tint = 'var(--accent-soft)';
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.animate([{ backgroundColor: tint }, { backgroundColor: isStill ? tint : 'transparent' }], {
    duration: markMs,
    easing: 'ease-in',
    id: 'changed',
  });
}
