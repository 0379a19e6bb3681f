import type { ComponentProps } from 'react';
import { UnlinkedRecord } from '#widget/features/link/unlinked-record.tsx';
import { useAdding } from './use-adding.tsx';

type Props = Omit<ComponentProps<typeof UnlinkedRecord>, 'notes'>;

/** Suggestions for an unlinked record, below unfinished documents that were saved while it was linked. */
export function UnlinkedWithNotes(props: Props) {
  const { opened, view, state } = props;
  const { notes } = useAdding({ opened, contact: null, unfinished: view.unfinished, state });
  return <UnlinkedRecord {...props} notes={notes} />;
}
