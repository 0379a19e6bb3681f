import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { listSuggestionsRoute } from '#shared/contract/contact.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import type { View } from '#shared/contract/view.ts';
import { type Failure, toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { Icon } from '#widget/ui/icon.tsx';
import { RowsSkeleton } from '#widget/ui/skeleton.tsx';
import { ContactSearch } from './contact-search.tsx';
import { NothingSuggested, SuggestionCards } from './suggestion-cards.tsx';
import { useLink } from './use-link.ts';
import { linkWords } from './words.ts';
import '#widget/ui/styles/screens.css';
import './link.css';

const AddContact = lazy(() => import('./add-contact.tsx').then((module) => ({ default: module.AddContact })));

/** How many people are shown before a user asks for all. Some companies have a thousand. */
const firstFew = 6;

type Props = {
  title: string;
  records: readonly RecordRef[];
  /** The name of their company. */
  company: string | undefined;
  onView(view: View): void;
};

/** Associated records without a Xero contact. Suggestions for one are loaded when it is opened. */
export function UnlinkedPeople({ title, records, company, onView }: Props) {
  const [isAll, setIsAll] = useState(false);
  const [openId, setOpenId] = useState<string | null>(null);
  if (records.length === 0) return null;
  const shown = isAll ? records : records.slice(0, firstFew);
  return (
    <section className="link-people">
      <h2>{title}</h2>
      <ul className="rows">
        {shown.map((record) => {
          const key = `${record.type} ${record.id}`;
          const isOpen = key === openId;
          return (
            <li key={key}>
              <button
                type="button"
                className="link-row"
                aria-expanded={isOpen}
                aria-label={linkWords.findFor(record.name)}
                onClick={() => setOpenId(isOpen ? null : key)}
              >
                <span className="link-row-words">
                  <span className="clip">{record.name}</span>
                  {record.type === 'company' && <span className="small">{linkWords.company}</span>}
                </span>
                <span className="link-find">{linkWords.find}</span>
                <Icon name="chevron" />
              </button>
              {isOpen && <PersonFinder record={record} company={company} onView={onView} />}
            </li>
          );
        })}
      </ul>
      {shown.length < records.length && (
        <Button variant="text" onClick={() => setIsAll(true)}>
          {linkWords.showAll(records.length)}
        </Button>
      )}
    </section>
  );
}

type FinderProps = Pick<Props, 'company' | 'onView'> & { record: RecordRef };

/** The same choices as on the record's own page: suggestions, search, and a new contact. */
function PersonFinder({ record, company, onView }: FinderProps) {
  const target = { record: { type: record.type, id: record.id }, onLinked: onView };
  const linking = useLink(target);
  const [isAdding, setIsAdding] = useState(false);
  const [isBack, setIsBack] = useState(false);
  const { found, failure, isFetching, retry } = useSuggestions(record);
  const close = () => {
    setIsBack(true);
    setIsAdding(false);
  };
  if (!found && !failure) return <RowsSkeleton />;
  if (isAdding)
    return (
      <Suspense fallback={<RowsSkeleton />}>
        <AddContact known={found?.known ?? record} target={target} onClose={close} />
      </Suspense>
    );
  const suggestions = found?.suggestions ?? [];
  return (
    <div className="link-finder">
      {failure && <FailureNote failure={failure} isRetrying={isFetching} onRetry={retry} />}
      {suggestions.length > 0 && <SuggestionCards suggestions={suggestions} company={company} linking={linking} />}
      <ContactSearch linking={linking} hasFocus={isBack}>
        {suggestions.length === 0 && !failure && <NothingSuggested />}
      </ContactSearch>
      {linking.failure && <ActError title={linkWords.linkFailed} failure={linking.failure} />}
      <Button variant="text" icon="plus" onClick={() => setIsAdding(true)}>
        {linkWords.add}
      </Button>
    </div>
  );
}

/** Suggestions for one person. `failure` beside `found` means that the list is not complete. */
function useSuggestions({ type, id }: RecordRef) {
  const { session } = useFrame();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['suggestions', type, id],
    // Not cached, because a contact that was just added must show up.
    gcTime: 0,
    queryFn: () =>
      session.call<typeof listSuggestionsRoute>({ method: 'GET', path: '/api/suggestions', query: { type, id } }),
  });
  const failure: Failure | null = error ? toFailure(error) : (data?.error ?? null);
  return { found: data, failure, isFetching, retry: () => void refetch() };
}
