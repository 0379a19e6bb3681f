import './figure-marks.css';

type Figure = { label: string; text: string; element: HTMLElement };
type Figures = Map<string, Figure>;

/** How long a changed figure is marked, in milliseconds. The animation in the style sheet takes as long. */
const markMs = 4_000;
/** How long a change is expected after news, in milliseconds. */
const expectMs = 6_000;
/** Figures of one answer are drawn in several steps. They are announced together after this time, in milliseconds. */
const gatherMs = 300;
/** The most changed figures that one announcement names. */
const mostTold = 4;

export type FigureMarks = {
  /** Call it when news arrives: figures that change from here on are marked, and announced once. */
  expect(): void;
  stop(): void;
};

/**
 * Marks the figures that change without a person’s act. A screen takes part by attributes: `data-figure` is the figure's name,
 * once on a screen; `data-label` is what it is called when it is announced; within it, each `data-value` holds a part
 * of its value. A changed figure gets `data-changed` for a while.
 */
export function watchFigures(root: HTMLElement, tell: (changes: string[]) => void): FigureMarks {
  let before: Figures = new Map();
  let until: ReturnType<typeof setTimeout> | undefined;
  let telling: ReturnType<typeof setTimeout> | undefined;
  const changes = new Map<string, string>();

  const compare = () => {
    const now = readFigures(root);
    for (const [name, { label, text, element }] of now) {
      const known = before.get(name);
      // A figure without a text was a skeleton.
      if (!known?.text || known.text === text) continue;
      mark(element);
      if (label) changes.set(name, `${label} ${text}`);
    }
    before = new Map([...before, ...now]);
    if (changes.size > 0) telling ??= setTimeout(tellOnce, gatherMs);
  };
  const tellOnce = () => {
    telling = undefined;
    tell([...changes.values()].slice(0, mostTold));
    changes.clear();
  };
  const observer = new MutationObserver(compare);
  const rest = () => observer.disconnect();
  return {
    expect() {
      before = readFigures(root);
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

function readFigures(root: HTMLElement): Figures {
  const found: Figures = new Map();
  for (const element of root.querySelectorAll<HTMLElement>('[data-figure]')) {
    const { figure = '', label = '' } = element.dataset;
    found.set(figure, { label, text: readValue(element), element });
  }
  return found;
}

function readValue(figure: HTMLElement): string {
  const texts = [...figure.querySelectorAll('[data-value]')].map(({ textContent }) => textContent ?? '');
  return texts.join(' ').replace(/\s+/g, ' ').trim();
}

const marked = new WeakMap<HTMLElement, ReturnType<typeof setTimeout>>();

function mark(element: HTMLElement): void {
  clearTimeout(marked.get(element));
  element.removeAttribute('data-changed');
  // Computing the layout without the attribute lets the animation start again.
  element.getBoundingClientRect();
  element.setAttribute('data-changed', '');
  marked.set(
    element,
    setTimeout(() => element.removeAttribute('data-changed'), markMs),
  );
}
