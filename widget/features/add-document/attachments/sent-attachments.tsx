import type { DocumentAnswer } from '#shared/contract/document.ts';
import { reasonOf } from '#widget/session/failures/error-words.ts';
import { ownWords } from '#widget/session/failures/failure.ts';
import { Button } from '#widget/ui/button.tsx';
import { Icon } from '#widget/ui/icon.tsx';
import { uiWords } from '#widget/ui/words.ts';
import { attachWords } from '../words.ts';
import type { Attachment } from './attachments.ts';
import type { Attachments } from './use-attachments.ts';

type Props = { attachments: Attachments; document: DocumentAnswer };

/** Shows the progress of each file. A failed file can be retried alone; the document is never sent again. */
export function SentAttachments({ attachments: { files, send }, document }: Props) {
  if (files.length === 0) return null;
  const left = files.filter(({ state }) => state !== 'done').length;
  return (
    <section className="add-document-attachments" aria-label={attachWords.title}>
      <h2>{attachWords.title}</h2>
      <ul className="rows add-document-files">
        {files.map((file) => (
          <SentFile key={file.id} file={file} onRetry={() => send(document, file)} />
        ))}
      </ul>
      <p className="small" role="status">
        {left === 0 ? attachWords.allDone(files.length) : attachWords.left(left)}
      </p>
    </section>
  );
}

function SentFile({ file: { name, state, share, failure }, onRetry }: { file: Attachment; onRetry(): void }) {
  return (
    <li>
      <span className="clip" title={name}>
        {name}
      </span>
      {state === 'waiting' && <span className="small">{attachWords.queued}</span>}
      {state === 'sending' && (
        <>
          <progress max={1} value={share} aria-label={name} />
          <span className="small amount">{attachWords.sending(Math.floor(share * 100))}</span>
        </>
      )}
      {state === 'done' && (
        <span className="small add-document-file-done">
          <Icon name="check" /> {attachWords.done}
        </span>
      )}
      {state === 'failed' && (
        <Button aria-label={attachWords.retry(name)} onClick={onRetry}>
          {uiWords.retry}
        </Button>
      )}
      {failure && (
        <p className="field-error" role="alert">
          {[reasonOf(failure.code), ...ownWords(failure)].join(' ')}
        </p>
      )}
    </li>
  );
}
