import { useState } from 'react';
import type { DocumentAnswer } from '#shared/contract/document.ts';
import { documentKinds } from '#shared/document-kinds.ts';

import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { uploadFile } from '#widget/session/requests/upload-file.ts';
import { type Attachment, admit } from './attachments.ts';

/** Collects files before the document exists, and uploads them one by one afterwards. */
export function useAttachments() {
  const { session } = useFrame();
  const [files, setFiles] = useState<readonly Attachment[]>([]);
  const [refusals, setRefusals] = useState<readonly string[]>([]);
  const change = (id: string, part: Partial<Attachment>) =>
    setFiles((now) => now.map((file) => (file.id === id ? { ...file, ...part } : file)));

  function add(more: readonly File[]) {
    const { admitted, refused } = admit(files, more);
    setFiles([...files, ...admitted]);
    setRefusals(refused);
  }

  async function send(document: DocumentAnswer, { id, name, file }: Attachment) {
    const path = `/api/${documentKinds[document.kind].path}/${document.id}/attachments/${encodeURIComponent(name)}`;
    change(id, { state: 'sending', share: 0, failure: null });
    try {
      await session.withBearer((bearer, signal) =>
        uploadFile({ path, file, bearer, signal, onProgress: (share) => change(id, { share }) }),
      );
      change(id, { state: 'done', share: 1 });
    } catch (error) {
      change(id, { state: 'failed', failure: toFailure(error) });
    }
  }

  async function sendAll(document: DocumentAnswer) {
    for (const file of files) await send(document, file);
  }

  const remove = (id: string) => setFiles(files.filter((file) => file.id !== id));
  return { files, refusals, add, remove, send, sendAll };
}

export type Attachments = ReturnType<typeof useAttachments>;
