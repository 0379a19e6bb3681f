import type { DocumentKind } from '#shared/contract/document.ts';
import { Button } from '#widget/ui/button.tsx';
import { listWords, nothingWords } from '../words.ts';

type Props = { kind: DocumentKind; isFiltered: boolean; onClear(): void; onClosed(): void };

export function NothingListed({ kind, isFiltered, onClear, onClosed }: Props) {
  if (!isFiltered)
    return (
      <div className="nothing-listed">
        <p>{nothingWords(kind)}</p>
        <Button onClick={onClosed}>{listWords.showClosed}</Button>
      </div>
    );
  return (
    <div className="nothing-listed">
      <p>{listWords.noSuch}</p>
      <p className="small">{listWords.noSuchHint}</p>
      <Button onClick={onClear}>{listWords.clear}</Button>
    </div>
  );
}
