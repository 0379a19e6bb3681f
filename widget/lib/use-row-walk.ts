import { type FocusEvent, type KeyboardEvent, useState } from 'react';

/**
 * Arrow keys move between rows, Home and End jump. Only one row is in the tab order, so that a page of fifty rows is
 * one stop. Rows have `data-row`, their buttons and links `data-walk`.
 */
export function useRowWalk(count: number) {
  const [at, setAt] = useState(0);
  const current = Math.min(at, Math.max(0, count - 1));

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const next = nextRow(event.key, current, count);
    const from = event.target instanceof HTMLElement ? event.target.dataset.walk : undefined;
    if (next === null || from === undefined) return;
    event.preventDefault();
    focusRow(event.currentTarget, next, from);
  }

  function onFocus({ target }: FocusEvent<HTMLElement>) {
    const row = target.closest<HTMLElement>('[data-row]')?.dataset.row;
    if (row !== undefined) setAt(Number(row));
  }

  return { walk: { onKeyDown, onFocus }, tabIndexOf: (row: number) => (row === current ? 0 : -1) };
}

/** Moves the focus from a search box into the list. */
export function focusFirstRow(): void {
  focusRow(document, 0, 'open');
}

/** Moves the focus to a row's button or link of this name. */
export function focusRow(place: ParentNode, row: number, walk: string): void {
  const found = place.querySelector<HTMLElement>(`[data-row="${row}"] [data-walk="${walk}"]`);
  found?.focus();
  found?.scrollIntoView({ block: 'nearest' });
}

function nextRow(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, count - 1);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
