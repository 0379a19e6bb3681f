import type { CreatedDocument, DocumentAnswer } from '#shared/contract/document.ts';
import type { Opened } from '#shared/contract/session/open.ts';
import type { UnfinishedWrite } from '#shared/contract/write.ts';
import type { Format } from '#widget/lib/format.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { DoneNote } from '#widget/ui/documents/document-warnings.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { Icon } from '#widget/ui/icon.tsx';
import { Note } from '#widget/ui/note.tsx';
import { uiWords } from '#widget/ui/words.ts';
import { findKept, forget } from './draft/kept-draft.ts';
import { totalOf } from './draft/total-of.ts';
import { type Resolved, useResolve } from './use-resolve.ts';
import { unfinishedWords } from './words.ts';
import '#widget/ui/styles/screens.css';
import './form.css';
import './attachments/attachments.css';
import './lines/form-table.css';

type Props = {
  opened: Opened;
  writes: readonly UnfinishedWrite[];
  /** null if the documents could belong to several contacts. */
  contactId: string | null;
  /** The figures are out of date, or there are candidates to choose from. */
  reload(): void;
};

/** Lists saved documents that Xero has not confirmed. Checking searches Xero first and never sends blindly. */
export function UnfinishedWrites({ opened, writes, contactId, reload }: Props) {
  const { format } = useFrame();
  const forgetForm = ({ write: { kind, idempotencyKey } }: Resolved) => {
    const place = contactId === null ? null : { opened, contactId, kind };
    if (place && idempotencyKey !== null && findKept(place)?.idempotencyKey === idempotencyKey) forget(place);
    reload();
  };
  const { resolve, resolved, resolving, failed } = useResolve({ onSettled: forgetForm, onUndecided: reload });
  const open = writes.filter(({ id }) => !resolved.some(({ write }) => write.id === id));
  const titles = tellApart(open.map((write) => titleOf(write, format)));
  return (
    <>
      {resolved.map(({ write, created }) => (
        <ResolvedNote key={write.id} kind={write.kind} created={created} />
      ))}
      {open.map((write, index) => (
        <div key={write.id}>
          <UnfinishedNote
            write={write}
            title={titles[index] ?? ''}
            isBusy={resolving === write.id}
            onStep={(step) => resolving === null && resolve({ write, step })}
          />
          {failed?.id === write.id && <ActError title={unfinishedWords.failed} failure={failed.failure} />}
        </div>
      ))}
    </>
  );
}

function titleOf({ kind, summary: { number, total, currency } }: UnfinishedWrite, format: Format): string {
  return unfinishedWords.title(kind, number, total === null ? null : format.money(totalOf({ currency, total })));
}

/** Adds a place to the names of equal documents, so that eyes and screen readers can tell them apart. */
function tellApart(titles: readonly string[]): string[] {
  return titles.map((title, index) => {
    const place = titles.slice(0, index).filter((other) => other === title).length + 1;
    return place === 1 ? title : `${title} (${place})`;
  });
}

function ResolvedNote({ kind, created }: Pick<UnfinishedWrite, 'kind'> & { created: CreatedDocument | null }) {
  if (!created) return <Note tone="plain" icon="check" title={unfinishedWords.gone} />;
  const { number, url } = created.document;
  return (
    <DoneNote title={unfinishedWords.found(kind, number)} created={created}>
      {url && <XeroLink url={url}>{uiWords.openInXero}</XeroLink>}
    </DoneNote>
  );
}

type NoteProps = {
  write: UnfinishedWrite;
  title: string;
  isBusy: boolean;
  onStep(step: { action: 'retry' | 'discard' } | { action: 'adopt'; documentId: string }): void;
};

function UnfinishedNote({ write, title, isBusy, onStep }: NoteProps) {
  const { format } = useFrame();
  const { state, createdAt, candidates = [] } = write;
  const isOpen = state === 'undecided' && candidates.length > 0;
  return (
    <Note
      tone="warn"
      icon="clock"
      title={title}
      reason={isOpen ? unfinishedWords.undecided : unfinishedWords.saved(format.moment(createdAt))}
      action={
        !isOpen && (
          <Button isBusy={isBusy} onClick={() => onStep({ action: 'retry' })}>
            {unfinishedWords.check}
          </Button>
        )
      }
    >
      {isOpen && (
        <>
          <ul className="rows add-document-candidates">
            {candidates.map((candidate) => (
              <Candidate key={candidate.id} candidate={candidate} isBusy={isBusy} onStep={onStep} />
            ))}
          </ul>
          <Button variant="text" isBusy={isBusy} onClick={() => onStep({ action: 'discard' })}>
            {unfinishedWords.discard}
          </Button>
        </>
      )}
    </Note>
  );
}

function Candidate({ candidate, isBusy, onStep }: Omit<NoteProps, 'write' | 'title'> & { candidate: DocumentAnswer }) {
  const { format } = useFrame();
  const { id, number, date, currency, total, url } = candidate;
  const name = number ?? format.money(totalOf({ currency, total }));
  return (
    <li>
      <span>
        {url ? <XeroLink url={url}>{name}</XeroLink> : name}
        <span className="small">
          {' '}
          {date && format.day(date)} · {format.money(totalOf({ currency, total }))}
        </span>
      </span>
      <Button
        aria-label={unfinishedWords.adoptNumber(name)}
        isDisabled={isBusy}
        onClick={() => onStep({ action: 'adopt', documentId: id })}
      >
        {unfinishedWords.adopt}
      </Button>
    </li>
  );
}

function XeroLink({ url, children }: { url: string; children: string }) {
  return (
    <a className="add-document-saved-link" href={url} target="_blank" rel="noopener noreferrer">
      {children} <Icon name="external" />
    </a>
  );
}
