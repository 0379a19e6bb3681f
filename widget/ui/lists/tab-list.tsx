import { type KeyboardEvent, useRef } from 'react';
import '../styles/screens.css';

type Props<Tab extends string> = {
  /** Prefix of the ids of tabs (`id-invoice`) and of their panels (`id-panel-invoice`). */
  id: string;
  label: string;
  tabs: readonly { tab: Tab; words: string; count?: string | null }[];
  chosen: Tab;
  onChoose(tab: Tab): void;
};

/** Arrow keys choose the next tab, Home and End the first and the last. */
export function TabList<Tab extends string>({ id, label, tabs, chosen, onChoose }: Props<Tab>) {
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    const at = toPlace(event.key, { at: tabs.findIndex(({ tab }) => tab === chosen), size: tabs.length });
    const next = at === undefined ? undefined : tabs[at];
    if (!next) return;
    event.preventDefault();
    onChoose(next.tab);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[tabs.indexOf(next)]?.focus();
  }

  return (
    <div className="tab-list" role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
      {tabs.map(({ tab, words, count }) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`${id}-${tab}`}
          aria-selected={tab === chosen}
          aria-controls={tab === chosen ? `${id}-panel-${tab}` : undefined}
          tabIndex={tab === chosen ? 0 : -1}
          onClick={() => onChoose(tab)}
        >
          {words}
          {count != null && <span className="tab-count"> {count}</span>}
        </button>
      ))}
    </div>
  );
}

function toPlace(key: string, { at, size }: { at: number; size: number }): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % size;
    case 'ArrowLeft':
      return (at + size - 1) % size;
    case 'Home':
      return 0;
    case 'End':
      return size - 1;
    default:
      return undefined;
  }
}
