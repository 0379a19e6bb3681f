import { lazy, Suspense, useState } from 'react';
import type { RecordRef } from '#shared/contract/record.ts';
import type { View } from '#shared/contract/view.ts';
import { ActError } from '#widget/ui/act-error.tsx';
import { Button } from '#widget/ui/button.tsx';
import { Icon } from '#widget/ui/icon.tsx';
import { RowsSkeleton } from '#widget/ui/skeleton.tsx';
import { ContactSearch } from './contact-search.tsx';
import { useLink } from './use-link.ts';
import { linkWords } from './words.ts';

const AddContact = lazy(() => import('./add-contact.tsx').then((module) => ({ default: module.AddContact })));

/** How many stand there before all are asked for: companies of a thousand people exist. */
const firstFew = 6;

type Props = { title: string; records: readonly RecordRef[]; onView(view: View): void };

/** Associated records without a Xero contact. Xero is asked about one only when it is opened. */
export function UnlinkedPeople({ title, records, onView }: Props) {
  const [isAll, setIsAll] = useState(false);
  const [openId, setOpenId] = useState<string | null>(null);
  if (records.length === 0) return null;
  const shown = isAll ? records : records.slice(0, firstFew);
  return (
    <section className="people">
      <h2>{title}</h2>
      <ul className="rows">
        {shown.map((record) => {
          const key = `${record.type} ${record.id}`;
          const isOpen = key === openId;
          return (
            <li key={key}>
              <button
                type="button"
                className="row-button"
                aria-expanded={isOpen}
                aria-label={linkWords.findFor(record.name)}
                onClick={() => setOpenId(isOpen ? null : key)}
              >
                <span className="row-words">
                  <span className="clip">{record.name}</span>
                  {record.type === 'company' && <span className="small">{linkWords.company}</span>}
                </span>
                <span className="find">{linkWords.find}</span>
                <Icon name="chevron" />
              </button>
              {isOpen && <PersonFinder record={record} onView={onView} />}
            </li>
          );
        })}
      </ul>
      {shown.length < records.length && (
        <Button look="text" onClick={() => setIsAll(true)}>
          {linkWords.showAll(records.length)}
        </Button>
      )}
    </section>
  );
}

function PersonFinder({ record, onView }: { record: RecordRef; onView(view: View): void }) {
  const target = { record: { type: record.type, id: record.id }, onLinked: onView };
  const linking = useLink(target);
  const [isAdding, setIsAdding] = useState(false);
  if (isAdding)
    return (
      <Suspense fallback={<RowsSkeleton />}>
        <AddContact known={record} target={target} onClose={() => setIsAdding(false)} />
      </Suspense>
    );
  return (
    <div className="finder">
      <ContactSearch linking={linking} firstText={record.name} hasFocus />
      {linking.failure && <ActError title={linkWords.linkFailed} failure={linking.failure} />}
      <Button look="text" icon="plus" onClick={() => setIsAdding(true)}>
        {linkWords.add}
      </Button>
    </div>
  );
}
