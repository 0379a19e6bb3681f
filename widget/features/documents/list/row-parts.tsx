import type { ListedDocument } from '#shared/contract/documents.ts';
import { documentTitle, noNumber } from '#widget/ui/documents/document-words.ts';
import { Icon } from '#widget/ui/icon.tsx';
import { listWords } from '../words.ts';
import type { Choose } from './document-lists.tsx';
import { Tick } from './tick.tsx';

type Part = { document: ListedDocument; tabIndex: number };

/** Opens the document. The whole row can be clicked. */
export function OpenButton({ document, tabIndex, onOpen }: Part & { onOpen(document: ListedDocument): void }) {
  return (
    <button
      type="button"
      className="open-row"
      data-walk="open"
      data-document={document.id}
      title={document.number ?? undefined}
      tabIndex={tabIndex}
      onClick={() => onOpen(document)}
    >
      {document.number || noNumber}
    </button>
  );
}

/** An icon without visible text. Its label names the document. */
export function XeroLink({ document, tabIndex }: Part) {
  if (!document.url) return null;
  const label = listWords.openInXero(documentTitle(document));
  return (
    <a
      className="documents-link"
      data-walk="link"
      tabIndex={tabIndex}
      href={document.url}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={label}
      title={label}
    >
      <Icon name="external" />
    </a>
  );
}

export function ChooseBox({ document, tabIndex, onChoose }: Part & { onChoose: Choose | null }) {
  return (
    <Tick
      className="documents-choose"
      data-walk="choose"
      tabIndex={tabIndex}
      isTicked={document.isChosen === true}
      disabled={onChoose === null}
      aria-label={listWords.choose(documentTitle(document))}
      onTick={(isChosen) => onChoose?.({ document, isChosen })}
    />
  );
}

/** On a deal: marks documents that probably belong to it. */
export function SuggestedTag({ isSuggested }: Pick<ListedDocument, 'isSuggested'>) {
  return isSuggested && <span className="tag documents-suggested">{listWords.suggested}</span>;
}
