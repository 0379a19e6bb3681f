import type { RecordList } from '#shared/contract/sync/records.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { inboxWords } from '../words.ts';
import { perPage } from './use-inbox.ts';

type Props = {
  list: RecordList;
  /** From 0. */
  page: number;
  showNext: (() => void) | null;
  showPrevious: (() => void) | null;
};

/** Says which records these are, and leads to the other pages. */
export function Pages({ list: { records, total }, page, showNext, showPrevious }: Props) {
  const { format } = useFrame();
  if (!showNext && !showPrevious) return null;
  const before = page * perPage;
  const range = inboxWords.range(format.count(before + 1), format.count(before + records.length), format.count(total));
  return (
    <nav className="sync-pages" aria-label={inboxWords.pages}>
      <span className="small">{range}</span>
      <Button isDisabled={!showPrevious} onClick={() => showPrevious?.()}>
        {inboxWords.previous}
      </Button>
      <Button isDisabled={!showNext} onClick={() => showNext?.()}>
        {inboxWords.next}
      </Button>
    </nav>
  );
}
