import type { ComponentProps } from 'react';
import { DealView } from '#widget/features/deal/deal-view.tsx';
import { useAdding } from './use-adding.tsx';

type Props = Omit<ComponentProps<typeof DealView>, 'addEntries' | 'notes' | 'onInvoice'>;

/** The progress of a deal, or the form of a document that is being added to it. */
export function DealWithForms(props: Props) {
  const { opened, view, state } = props;
  const { entries, form, notes, addFromDeal } = useAdding({
    opened,
    contact: view.contact,
    unfinished: view.unfinished,
    state,
  });
  return form ?? <DealView {...props} addEntries={entries} notes={notes} onInvoice={addFromDeal} />;
}
