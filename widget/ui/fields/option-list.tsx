import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { foldText, placeIn } from '#shared/rank-text.ts';
import '../styles/picker.css';

export type Option = { value: string; label: string; hint?: string };

/** The most options that are drawn at once. */
const mostShown = 60;

/**
 * Options that have every typed word in label, hint or value. Those that start with the text, or have a word that
 * does, come first.
 */
export function filterOptions(options: readonly Option[], text: string): Option[] {
  const typed = foldText(text);
  const words = typed.split(' ').filter(Boolean);
  const fits = ({ value, label, hint = '' }: Option) => {
    const all = foldText(`${value} ${label} ${hint}`);
    return words.every((word) => all.includes(word));
  };
  const placeOf = ({ value, label }: Option) =>
    Math.min(placeIn(foldText(value), typed), placeIn(foldText(label), typed));
  return options
    .filter(fits)
    .map((option) => ({ option, place: placeOf(option) }))
    .sort((a, b) => a.place - b.place)
    .slice(0, mostShown)
    .map(({ option }) => option);
}

export type OptionListState = {
  isOpen: boolean;
  at: number;
  open(at?: number): void;
  close(): void;
  /** Arrow keys move, Enter picks, Escape closes. Returns true if it used the key. */
  onKey(event: KeyboardEvent): boolean;
};

export function useOptionList(count: number, onPick: (index: number) => void): OptionListState {
  const [at, setAt] = useState<number | null>(null);
  const isOpen = at !== null;
  const close = () => setAt(null);

  function onKey(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt(count === 0 ? -1 : at === null ? 0 : (at + step + count + (at < 0 && step < 0 ? 1 : 0)) % count);
    else if (event.key === 'Enter' && isOpen && at >= 0 && at < count) onPick(at);
    else if (event.key === 'Escape' && isOpen) close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  return { isOpen, at: at ?? -1, open: (index = -1) => setAt(index), close, onKey };
}

/** The attributes of a text input with a list, which name the list and the option that is marked. */
export function toCombobox(id: string, { isOpen, at }: Pick<OptionListState, 'isOpen' | 'at'>) {
  return {
    type: 'text',
    role: 'combobox',
    autoComplete: 'off',
    'aria-autocomplete': 'list',
    'aria-expanded': isOpen,
    'aria-controls': isOpen ? `${id}-list` : undefined,
    'aria-activedescendant': isOpen && at >= 0 ? `${id}-list-${at}` : undefined,
  } as const;
}

type ListProps = {
  id: string;
  label: string;
  options: readonly Option[];
  at: number;
  onPick(index: number): void;
  /** The text of an empty list. */
  empty?: string;
  input: RefObject<HTMLElement | null>;
};

/** A list below its input, over the content. The page grows to hold it. */
export function OptionList({ id, label, options, at, onPick, empty, input }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  useListPlace(list, input, options.length);
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  return (
    <div ref={list} className="option-list" role="listbox" id={id} aria-label={label} tabIndex={-1}>
      {options.map(({ value, label: words, hint }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the focus and the keys
        <div
          key={value}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          // Keeps the focus in the input.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(index)}
        >
          <span className="clip">{words}</span>
          {hint && <span className="small">{hint}</span>}
        </div>
      ))}
      {options.length === 0 && (
        <div className="small" role="option" aria-selected="false" aria-disabled="true" tabIndex={-1}>
          {empty}
        </div>
      )}
    </div>
  );
}

/** The least width that can be read, in pixels. */
const leastWidth = 220;

function useListPlace(list: RefObject<HTMLElement | null>, input: RefObject<HTMLElement | null>, count: number) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height depends on the number of options
  useLayoutEffect(() => {
    const root = document.getElementById('root');
    if (!root) return;
    const put = () => place(list.current, input.current, root);
    put();
    window.addEventListener('resize', put);
    return () => {
      window.removeEventListener('resize', put);
      root.style.minHeight = '';
    };
  }, [list, input, count]);
}

function place(list: HTMLElement | null, input: HTMLElement | null, root: HTMLElement) {
  if (!list || !input) return;
  const box = input.getBoundingClientRect();
  const around = root.getBoundingClientRect();
  const width = Math.min(around.width - 16, Math.max(box.width, leastWidth));
  list.style.width = `${width}px`;
  list.style.left = `${Math.min(box.left - around.left, around.width - 8 - width)}px`;
  list.style.top = `${box.bottom - around.top + 3}px`;
  root.style.minHeight = `${box.bottom - around.top + list.offsetHeight + 12}px`;
}
