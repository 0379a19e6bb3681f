import { useId } from 'react';
import type { CreatedDocument } from '#shared/contract/document.ts';
import type { OpenedDocument } from '#shared/contract/documents.ts';
import type { DocumentRef } from '#shared/document-kinds.ts';
import type { Failure } from '#widget/session/failures/failure.ts';
import { DoneNote } from '#widget/ui/documents/document-warnings.tsx';
import { documentTitle } from '#widget/ui/documents/document-words.ts';
import { kindWords } from '#widget/ui/documents/kind-words.ts';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { RowsSkeleton } from '#widget/ui/skeleton.tsx';
import type { Choose } from '../list/document-lists.tsx';
import { Tick } from '../list/tick.tsx';
import { actionWords, listWords, openedWords } from '../words.ts';
import { DetailsHeader } from './details-header.tsx';
import { DocumentActs } from './document-acts.tsx';
import { DocumentFacts } from './document-facts.tsx';
import { DocumentLines } from './document-lines.tsx';
import { DocumentSettlements } from './document-settlements.tsx';
import { useDocument } from './use-document.ts';

/** `made`: it was just made from the named document. */
export type OpenedRef = DocumentRef & { made?: { from: OpenedDocument; created: CreatedDocument } };

type Props = {
  shown: OpenedRef;
  /** Today's date in the organisation. */
  timeZone: string | undefined;
  onBack(): void;
  /** On a deal, for users who may choose. */
  onChoose: Choose | null;
  chooseFailure: Failure | null;
  onMade(made: NonNullable<OpenedRef['made']>): void;
  onChanged(): void;
};

/** One document: facts, actions, lines, payments and credits. */
export function OpenedPage({ shown, onBack, ...rest }: Props) {
  const { document, failure, isFetching, refetch } = useDocument(shown);
  const title = document ? documentTitle(document) : kindWords[shown.kind].title;
  return (
    <article aria-busy={isFetching}>
      <DetailsHeader
        // A new key moves the focus to another document's heading. The id alone is the key of the content beside it.
        key={`header ${shown.id}`}
        title={title}
        subtitle={document?.contact.name}
        backLabel={openedWords.back}
        onBack={onBack}
      />
      {failure && <FailureNote failure={failure} isRetrying={isFetching} onRetry={refetch} />}
      {!document && !failure && <RowsSkeleton />}
      {shown.made && shown.made.created.warnings.length > 0 && <MadeNote {...shown.made} />}
      {document && <Opened key={document.id} document={document} {...rest} />}
    </article>
  );
}

/** Shown until the person leaves the document, because nothing else on the page says it. */
function MadeNote({ from, created }: NonNullable<OpenedRef['made']>) {
  const { done } = actionWords('convert_to_invoice', from.kind, documentTitle(from));
  return <DoneNote title={done} created={created} />;
}

type OpenedProps = Omit<Props, 'shown' | 'onBack'> & { document: OpenedDocument };

function Opened({ document, timeZone, onChoose, chooseFailure, onMade, onChanged }: OpenedProps) {
  const id = useId();
  return (
    <>
      <DocumentActs
        document={document}
        timeZone={timeZone}
        onDone={(created) => {
          onChanged();
          if (created) onMade({ from: document, created });
        }}
      />
      {chooseFailure && <ActError title={listWords.chooseFailed} failure={chooseFailure} />}
      <div className="pad documents-opened">
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
