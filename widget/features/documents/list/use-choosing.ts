import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { chooseDocumentsRoute, DocumentList, ListedDocument } from '#shared/contract/documents.ts';
import type { View } from '#shared/contract/view.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { documentTitle } from '#widget/ui/documents/document-words.ts';
import { documentKey } from '../opened/use-document.ts';
import { listWords } from '../words.ts';
import { documentsKey } from './use-documents.ts';

const choosingKey = ['choosing'];

type Choosing = { document: ListedDocument; isChosen: boolean };

/** Ticks are shown at once, sent one after the other, and taken back if the server refuses. */
export function useChoosing(onView: (view: View) => void) {
  const { session, announce } = useFrame();
  const client = useQueryClient();
  const show = ({ document, isChosen }: Choosing) => {
    const turn = (other: ListedDocument) =>
      other.id === document.id ? { ...other, isChosen, isSuggested: isChosen ? false : document.isSuggested } : other;
    client.setQueriesData<DocumentList>({ queryKey: documentsKey }, (list) =>
      list ? { ...list, documents: list.documents.map(turn) } : list,
    );
  };
  const { mutate, error } = useMutation({
    mutationKey: choosingKey,
    scope: { id: 'deal-documents' },
    mutationFn: ({ document: { kind, id }, isChosen }: Choosing) => {
      const refs = [{ kind, id }];
      const body = isChosen ? { add: refs } : { remove: refs };
      return session.call<typeof chooseDocumentsRoute>({ method: 'PUT', path: '/api/deal/documents', body });
    },
    onMutate: async (choosing) => {
      // A list that is still loading was requested before this tick.
      await client.cancelQueries({ queryKey: documentsKey });
      show(choosing);
    },
    onError: (_error, { document, isChosen }) => show({ document, isChosen: !isChosen }),
    onSettled: () => {
      if (client.isMutating({ mutationKey: choosingKey }) === 1)
        void client.invalidateQueries({ queryKey: documentsKey });
    },
    onSuccess: ({ view }, { document, isChosen }) => {
      announce(listWords[isChosen ? 'chosen' : 'unchosen'](documentTitle(document)));
      onView(view);
      void client.invalidateQueries({ queryKey: documentKey });
    },
  });
  return { choose: mutate, failure: error && toFailure(error) };
}
