import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react';

type Props<Item> = {
  label: string;
  placeholder: string;
  text: string;
  onText(text: string): void;
  items: readonly Item[];
  keyOf(item: Item): string;
  onPick(item: Item): void;
  /** Draws one option. All of it can be clicked. */
  children(item: Item): ReactNode;
  /** The text under the box: searching, nothing found, or how many. */
  status: string;
  hasFocus?: boolean;
};

/**
 * A search box with a list below it, in the flow of the page. Arrow keys move, Enter picks, Escape clears. With only
 * one option, Enter picks it without an arrow key.
 */
export function Combobox<Item>(props: Props<Item>) {
  const { label, placeholder, text, onText, items, keyOf, onPick, children, status, hasFocus } = props;
  const id = useId();
  const [walked, setAt] = useState(-1);
  const at = items.length === 1 ? 0 : walked;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other items, another start
  useEffect(() => setAt(-1), [items]);

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const item = items[at];
    if (step && items.length > 0) setAt((at + step + items.length + (at < 0 && step < 0 ? 1 : 0)) % items.length);
    else if (event.key === 'Enter' && item) onPick(item);
    else if (event.key === 'Escape' && text !== '') onText('');
    else return;
    event.preventDefault();
  }

  return (
    <div className="combobox">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        type="text"
        role="combobox"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={255}
        placeholder={placeholder}
        value={text}
        // biome-ignore lint/a11y/noAutofocus: only where a person just asked for this box
        autoFocus={hasFocus}
        aria-autocomplete="list"
        aria-expanded={items.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <p className="small combobox-status" role="status">
        {status}
      </p>
      <Options id={id} label={label} items={items} at={at} keyOf={keyOf} onPick={onPick}>
        {children}
      </Options>
    </div>
  );
}

type OptionsProps<Item> = Pick<Props<Item>, 'label' | 'items' | 'keyOf' | 'onPick' | 'children'> & {
  id: string;
  at: number;
};

function Options<Item>({ id, label, items, at, keyOf, onPick, children }: OptionsProps<Item>) {
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  return (
    <div className="options" role="listbox" id={`${id}-list`} aria-label={label} hidden={items.length === 0}>
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the input above has the focus and the keys
        <div
          key={keyOf(item)}
          id={`${id}-${index}`}
          className="option"
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          onClick={() => onPick(item)}
        >
          {children(item)}
        </div>
      ))}
    </div>
  );
}
