import { type FocusEvent, useEffect, useRef } from 'react';
import { focusRow } from '#widget/lib/use-row-walk.ts';

/**
 * Keeps the focus in the list when the row or button that had it goes, as an answered question does: it moves to the row
 * that took its place. Without rows it moves to the heading. `about` changes with the rows.
 */
export function useKeptFocus(count: number, about: unknown) {
  const last = useRef<{ row: number | null } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other rows take the focus away
  useEffect(() => {
    if (last.current === null || document.activeElement !== document.body) return;
    const { row } = last.current;
    if (row !== null && count > 0) focusRow(document, Math.min(row, count - 1), 'open');
    else document.querySelector('h1')?.focus();
  }, [about]);
  return {
    onFocus: ({ target }: FocusEvent<HTMLElement>) => {
      const row = target.closest<HTMLElement>('[data-row]')?.dataset.row;
      last.current = { row: row === undefined ? null : Number(row) };
    },
    // An element that is taken away is left for nothing.
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
      if (relatedTarget && !currentTarget.contains(relatedTarget)) last.current = null;
    },
  };
}
