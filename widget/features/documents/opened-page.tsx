import { useId } from 'react';
import type { DocumentAnswer } from '#shared/contract/document.ts';
import type { ChosenPlace, OpenedDocument } from '#shared/contract/documents.ts';
import type { Failure } from '#widget/lib/failure.ts';
import { ActError } from '#widget/ui/act-error.tsx';
import { documentTitle, kindTitles } from '#widget/ui/documents/document-words.ts';
import { FailureNote } from '#widget/ui/failure-note.tsx';
import { RowsSkeleton } from '#widget/ui/skeleton.tsx';
import { DetailsHeader } from './details-header.tsx';
import { DocumentActs } from './document-acts.tsx';
import { DocumentFacts } from './document-facts.tsx';
import { DocumentLines } from './document-lines.tsx';
import type { Choose } from './document-lists.tsx';
import { DocumentSettlements } from './document-settlements.tsx';
import { Tick } from './tick.tsx';
import { useDocument } from './use-document.ts';
import { listWords, openedWords } from './words.ts';

type Props = {
  place: ChosenPlace;
  onBack(): void;
  /** On a deal, for who may choose. */
  onChoose: Choose | null;
  chooseFailure: Failure | null;
  /** An invoice was made from it. */
  onMade(made: DocumentAnswer): void;
  onChanged(): void;
};

/** One document: what it is, what may be done with it, its lines, and what was paid or credited. */
export function OpenedPage({ place, onBack, ...rest }: Props) {
  const { document, failure, isFetching, refetch } = useDocument(place);
  const title = document ? documentTitle(document) : kindTitles[place.kind];
  return (
    <article aria-busy={isFetching}>
      <DetailsHeader
        // Another document takes the focus anew. Not the id alone, which is the key of its content beside it.
        key={`header ${place.id}`}
        title={title}
        subtitle={document?.contact.name}
        backLabel={openedWords.back}
        onBack={onBack}
      />
      {failure && <FailureNote failure={failure} isRetrying={isFetching} onRetry={refetch} />}
      {!document && !failure && <RowsSkeleton />}
      {document && <Opened key={document.id} document={document} {...rest} />}
    </article>
  );
}

type OpenedProps = Omit<Props, 'place' | 'onBack'> & { document: OpenedDocument };

function Opened({ document, onChoose, chooseFailure, onMade, onChanged }: OpenedProps) {
  const id = useId();
  return (
    <>
      <DocumentActs
        document={document}
        onDone={(made) => {
          onChanged();
          if (made) onMade(made);
        }}
      />
      {chooseFailure && <ActError title={listWords.chooseFailed} failure={chooseFailure} />}
      <div className="pad opened">
        <DocumentFacts document={document} />
        {onChoose && (
          <label className="check" htmlFor={id}>
            <Tick
              id={id}
              isTicked={document.isChosen === true}
              onTick={(isChosen) => onChoose({ document, isChosen })}
              resetBy={chooseFailure}
            />
            {openedWords.belongs}
          </label>
        )}
        <DocumentLines document={document} />
        <DocumentSettlements document={document} />
      </div>
    </>
  );
}
