import { useMutation } from '@tanstack/react-query';
import type { unlinkRoute } from '#shared/contract/contact.ts';
import type { RecordKey } from '#shared/contract/record.ts';
import type { View } from '#shared/contract/view.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Confirm } from './confirm.tsx';
import { ActError } from './failures/act-error.tsx';
import { unlinkWords } from './unlink-words.ts';

type Props = {
  /** The linked record. Default: the session's own. */
  record?: RecordKey & { name: string };
  contactName: string;
  /** Gets the new view. */
  onUnlinked(view: View): void;
  onCancel(): void;
};

/** Asks for a confirmation, then removes the record's link. */
export function UnlinkQuestion({ record, contactName, onUnlinked, onCancel }: Props) {
  const { session, host, announce } = useFrame();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      session.call<typeof unlinkRoute>({
        method: 'DELETE',
        path: '/api/link',
        ...(record && { query: { type: record.type, id: record.id } }),
      }),
    onSuccess: ({ view }) => {
      announce(unlinkWords.done(contactName));
      host.send({ type: 'event', name: 'unlinked', detail: {} });
      onUnlinked(view);
    },
  });
  return (
    <>
      <Confirm
        title={unlinkWords.title(contactName, record?.name)}
        confirmLabel={unlinkWords.confirm}
        isBusy={isPending}
        onConfirm={() => mutate()}
        onCancel={onCancel}
      >
        {unlinkWords.text}
      </Confirm>
      {error && <ActError title={unlinkWords.failed} failure={toFailure(error)} />}
    </>
  );
}
