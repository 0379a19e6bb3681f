import type { ComponentProps } from 'react';
import { LinkedContact } from '#widget/features/contact/linked-contact.tsx';
import { useAdding } from './use-adding.tsx';

type Props = Omit<ComponentProps<typeof LinkedContact>, 'addEntries' | 'notes'>;

/** The figures of a linked record, or the form of a document that is being added to it. */
export function LinkedWithForms(props: Props) {
  const { opened, view, state } = props;
  const { entries, form, notes } = useAdding({ opened, contact: view.contact, unfinished: view.unfinished, state });
  return form ?? <LinkedContact {...props} addEntries={entries} notes={notes} />;
}
