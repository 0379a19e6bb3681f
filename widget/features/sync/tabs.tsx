import { type KeyboardEvent, useRef } from 'react';
import { syncWords, tabWords } from './words.ts';

const tabs = ['overview', 'inbox', 'mapping', 'rules', 'runs'] as const;
export type Tab = (typeof tabs)[number];

type Props = {
  /** Prefix of the ids of tabs (`id-inbox`) and their panel (`id-panel-inbox`). */
  id: string;
  tab: Tab;
  onTab(tab: Tab): void;
  /** Records that wait for a person. */
  toDo: string | null;
};

/** The parts of the screen. Arrow keys move between them, Home and End jump. */
export function Tabs({ id, tab, onTab, toDo }: Props) {
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    const next = nextTab(event.key, tab);
    if (!next) return;
    event.preventDefault();
    onTab(next);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  }

  return (
    <div className="sync-tabs" role="tablist" aria-label={syncWords.tabs} ref={list} onKeyDown={onKeyDown}>
      {tabs.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          id={`${id}-${each}`}
          data-tab={each}
          aria-selected={each === tab}
          aria-controls={each === tab ? `${id}-panel-${each}` : undefined}
          tabIndex={each === tab ? 0 : -1}
          onClick={() => onTab(each)}
        >
          {tabWords[each]}
          {each === 'inbox' && toDo !== null && <span className="sync-tab-count"> {toDo}</span>}
        </button>
      ))}
    </div>
  );
}

function nextTab(key: string, tab: Tab): Tab | undefined {
  const at = tabs.indexOf(tab);
  switch (key) {
    case 'ArrowRight':
      return tabs[(at + 1) % tabs.length];
    case 'ArrowLeft':
      return tabs[(at + tabs.length - 1) % tabs.length];
    case 'Home':
      return tabs[0];
    case 'End':
      return tabs.at(-1);
    default:
      return undefined;
  }
}
