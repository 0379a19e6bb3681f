import { type KeyboardEvent, useRef } from 'react';
import type { DocumentKind } from '#shared/contract/document.ts';
import { useFrame } from '#widget/session/frame.ts';
import { kindWords } from '#widget/ui/documents/kind-words.ts';
import { listWords } from '../words.ts';

type Props = {
  /** Prefix of the ids of tabs (`id-invoice`) and their panel (`id-panel`). */
  id: string;
  kinds: readonly DocumentKind[];
  counts: Partial<Record<DocumentKind, number>>;
  kind: DocumentKind;
  onKind(kind: DocumentKind): void;
};

/** Tabs for the kinds. Arrow keys move between them. */
export function Tabs({ id, kinds, counts, kind, onKind }: Props) {
  const { format } = useFrame();
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step && kinds[(kinds.indexOf(kind) + step + kinds.length) % kinds.length];
    if (!next) return;
    event.preventDefault();
    onKind(next);
    list.current?.querySelector<HTMLElement>(`[data-kind="${next}"]`)?.focus();
  }

  return (
    <div className="documents-tabs" role="tablist" aria-label={listWords.tabs} ref={list} onKeyDown={onKeyDown}>
      {kinds.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          id={`${id}-${each}`}
          data-kind={each}
          aria-selected={each === kind}
          aria-controls={`${id}-panel`}
          tabIndex={each === kind ? 0 : -1}
          onClick={() => onKind(each)}
        >
          {kindWords[each].plural} <span className="documents-tab-count">{countWords(counts[each], format.count)}</span>
        </button>
      ))}
    </div>
  );
}

/** Keeps room for an unknown count, so that tabs do not move. */
function countWords(count: number | undefined, write: (count: number) => string): string {
  return count === undefined ? '\u2007' : write(count);
}
