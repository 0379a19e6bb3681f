import type { ComponentProps } from 'react';
import { UnlinkedRecord } from '#widget/features/link/unlinked-record.tsx';
import { useAdding } from './use-adding.tsx';

type Props = Omit<ComponentProps<typeof UnlinkedRecord>, 'notes'>;

/** Whom a record may be in Xero, beneath what was saved before its link was taken away. */
export function UnlinkedWithNotes(props: Props) {
  const { opened, view, state } = props;
  const { notes } = useAdding({ opened, contact: null, unfinished: view.unfinished, state });
  return <UnlinkedRecord {...props} notes={notes} />;
}
