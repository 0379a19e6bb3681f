import { useMutation } from '@tanstack/react-query';
import type { OpenedDocument } from '#shared/contract/documents.ts';
import { documentKinds } from '#shared/document-kinds.ts';
import { toFailure } from '#widget/session/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { requestFile, saveFile } from '#widget/session/request-file.ts';
import { documentTitle } from '#widget/ui/documents/document-words.ts';

/** Downloads Xero's PDF. It is a download, because frames may be forbidden to open a window. */
export function usePdf(document: OpenedDocument) {
  const { session } = useFrame();
  const path = `/api/${documentKinds[document.kind].path}/${document.id}/pdf`;
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const file = await session.withBearer((bearer, signal) =>
        requestFile((url, init) => fetch(url, init), { path, bearer, signal }),
      );
      saveFile(file, `${documentTitle(document).replaceAll(/[^\p{L}\p{N} ._-]/gu, '-')}.pdf`);
    },
  });
  return { fetchPdf: () => mutate(), isFetching: isPending, failure: error && toFailure(error) };
}
