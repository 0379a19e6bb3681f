import { type KeyboardEvent, useEffect, useState } from 'react';
import { useDebounced } from '#widget/lib/use-debounced.ts';
import { focusFirstRow } from '#widget/lib/use-row-walk.ts';

type Props = {
  /** What is searched for now. */
  search: string;
  label: string;
  hint: string;
  maxLength: number;
  /** `search`: what was typed, without outer spaces. */
  onSearch(search: string): void;
};

/** How long to wait after the last key before searching, in milliseconds. */
const restMs = 250;

/** Searches after a pause in typing. Escape clears it first, the down arrow moves into the list. */
export function SearchBox({ search, label, hint, maxLength, onSearch }: Props) {
  const [text, setText] = useState(search);
  const rested = useDebounced(text, restMs).trim();
  // biome-ignore lint/correctness/useExhaustiveDependencies: typing alone starts a search
  useEffect(() => {
    if (rested !== search) onSearch(rested);
  }, [rested]);
  // A space after a word stays while the person types on.
  useEffect(() => setText((typed) => (typed.trim() === search ? typed : search)), [search]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape' && text !== '') setText('');
    else if (event.key === 'ArrowDown') focusFirstRow();
    else return;
    event.preventDefault();
  }

  return (
    <input
      className="input"
      type="search"
      aria-label={label}
      placeholder={hint}
      autoComplete="off"
      spellCheck={false}
      maxLength={maxLength}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
    />
  );
}
