import { useRef } from 'react';
import { attachmentMaxCount } from '#shared/attachment-limits.ts';
import { Button, IconButton } from '#widget/ui/button.tsx';
import { attachWords } from '../words.ts';
import type { Attachments } from './use-attachments.ts';

/** Picks files for the document. They are uploaded after the document is saved. */
export function AttachmentPicker({ attachments: { files, refusals, add, remove } }: { attachments: Attachments }) {
  const input = useRef<HTMLInputElement>(null);
  const isFull = files.length >= attachmentMaxCount;
  return (
    <section className="add-document-attachments" aria-label={attachWords.title}>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={attachWords.pick}
        onChange={(event) => {
          add([...(event.target.files ?? [])]);
          // Lets a person pick the same file again.
          event.target.value = '';
        }}
      />
      <div className="row">
        <Button icon="plus" isDisabled={isFull} onClick={() => input.current?.click()}>
          {attachWords.pick}
        </Button>
        <span className="small">{isFull ? attachWords.full : attachWords.limits}</span>
      </div>
      <div role="alert">
        {refusals.map((refusal) => (
          <p className="field-error" key={refusal}>
            {refusal}
          </p>
        ))}
      </div>
      {files.length > 0 && (
        <ul className="rows add-document-files add-document-picked">
          {files.map(({ id, name }) => (
            <li key={id}>
              <span className="clip" title={name}>
                {name}
              </span>
              <span className="small">{attachWords.waiting}</span>
              <IconButton icon="close" label={attachWords.remove(name)} onClick={() => remove(id)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
