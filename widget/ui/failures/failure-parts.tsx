import { useState } from 'react';
import { copyText } from '#widget/lib/copy-text.ts';
import { type Failure, ownWords } from '#widget/session/failures/failure.ts';
import { uiWords } from '../words.ts';

/** A button that copies the request ID for support. Its title shows the ID, in case copying is refused. */
export function RequestId({ id }: { id: string }) {
  const [copied, setCopied] = useState('');
  const copy = async () => setCopied((await copyText(id)) ? id : '');
  return (
    <button type="button" className="request-id" title={id} onClick={copy}>
      {copied === id ? uiWords.requestIdCopied : uiWords.copyRequestId}
    </button>
  );
}

type Props = { reason: string; failure: Failure };

/** Our words first, then Xero's, if it gave any. */
export function Reason({ reason, failure }: Props) {
  return (
    <>
      {reason}
      {ownWords(failure).map((text) => (
        <q className="detail" key={text}>
          {text}
        </q>
      ))}
    </>
  );
}
