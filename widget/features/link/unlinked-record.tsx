import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { Opened } from '#shared/contract/session/open.ts';
import type { UnlinkedView, View } from '#shared/contract/view.ts';
import { findKeptText } from '#widget/lib/kept-text.ts';
import { useFrame } from '#widget/session/frame.ts';
import { can } from '#widget/session/use-opened.ts';
import type { ViewState } from '#widget/session/use-view.ts';
import { Button, IconButton } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { Header } from '#widget/ui/header.tsx';
import { Message } from '#widget/ui/message.tsx';
import { RowsSkeleton } from '#widget/ui/skeleton.tsx';
import { ContactSearch } from './contact-search.tsx';
import { contactKey } from './link-target.ts';
import { NothingSuggested, SuggestionCards } from './suggestion-cards.tsx';
import { UnlinkedPeople } from './unlinked-people.tsx';
import { useLink } from './use-link.ts';
import { linkWords } from './words.ts';
import '#widget/ui/styles/screens.css';
import './link.css';

const AddContact = lazy(() => import('./add-contact.tsx').then((module) => ({ default: module.AddContact })));

type Props = {
  opened: Opened;
  view: UnlinkedView;
  state: ViewState;
  /** Shown above the suggestions. */
  notes: ReactNode;
  onView(view: View): void;
};

/** A record without a Xero contact: suggestions, search, and a new contact. */
export function UnlinkedRecord({ opened, view, state, notes, onView }: Props) {
  const { context } = useFrame();
  const [isAdding, setIsAdding] = useState(() => context.view !== 'quick' && findKeptText(contactKey(opened)) !== null);
  const [isBack, setIsBack] = useState(false);
  const close = () => {
    setIsBack(true);
    setIsAdding(false);
  };
  const { record } = opened;
  if (!can(opened, 'link'))
    return (
      <>
        {notes}
        <Message icon="link" title={linkWords.noRightTitle}>
          {linkWords.noRight(record.name ?? linkWords.thisRecord)}
        </Message>
      </>
    );
  if (isAdding)
    return (
      <Suspense fallback={<RowsSkeleton />}>
        <AddContact known={record} target={{ onLinked: onView }} onClose={close} />
      </Suspense>
    );
  const finding = { opened, view, state, notes, onView, isBack };
  return <Finding {...finding} onAdd={() => setIsAdding(true)} />;
}

/** `isBack`: after adding, the focus goes back to the button that opened the form. */
type FindingProps = Props & { isBack: boolean; onAdd(): void };

function Finding({ opened: { record }, view, state, notes, onView, isBack, onAdd }: FindingProps) {
  const linking = useLink({ onLinked: onView });
  const company = record.type === 'company' ? (record.name ?? undefined) : record.company?.name;
  const people = [...(record.company && record.type === 'deal' ? [record.company] : []), ...(record.contacts ?? [])];
  const { failure, isFetching, refresh } = state;
  const count = view.suggestions.length;
  return (
    <>
      <Header title={linkWords.title} subtitle={count === 0 ? record.name : linkWords.matches(count)}>
        {record.type !== 'deal' && <IconButton icon="plus" label={linkWords.add} autoFocus={isBack} onClick={onAdd} />}
      </Header>
      {failure && (
        <FailureNote
          failure={failure}
          isRetrying={isFetching}
          onRetry={() => refresh('fresh')}
          onWaited={() => refresh('known')}
        />
      )}
      {notes}
      {linking.failure && <ActError title={linkWords.linkFailed} failure={linking.failure} />}
      <div className="pad">
        {count > 0 && <SuggestionCards suggestions={view.suggestions} company={company} linking={linking} />}
        {record.type !== 'deal' && (
          <>
            <ContactSearch linking={linking}>{count === 0 && !failure && <NothingSuggested />}</ContactSearch>
            <p className="small link-not-there">
              {linkWords.notThere}{' '}
              <Button variant="text" onClick={onAdd}>
                {linkWords.add}
              </Button>
            </p>
          </>
        )}
        <UnlinkedPeople title={linkWords.people} records={people} company={company} onView={onView} />
      </div>
    </>
  );
}
