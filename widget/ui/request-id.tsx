import { useState } from 'react';
import { copyText } from '#widget/lib/copy-text.ts';
import { uiWords } from './words.ts';

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
