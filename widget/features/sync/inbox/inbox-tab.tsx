import { useState } from 'react';
import type { SyncOverview } from '#shared/contract/sync/overview.ts';
import type { RecordSummary } from '#shared/contract/sync/record.ts';
import { useRowWalk } from '#widget/lib/use-row-walk.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useNetwork } from '#widget/session/use-network.ts';
import { Button } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { RowsSkeleton } from '#widget/ui/skeleton.tsx';
import { type Go, type InboxFilter, wholeInbox } from '../place.ts';
import { RunProgress } from '../runs/run-progress.tsx';
import { inboxWords } from '../words.ts';
import { BulkBar } from './bulk-bar.tsx';
import { Causes } from './causes.tsx';
import { InboxFilters } from './inbox-filters.tsx';
import { Pages } from './pages.tsx';
import { RecordRow } from './record-row.tsx';
import { isSelectable, keyOf, type Selection } from './selection.ts';
import { useExportRecords, useInbox } from './use-inbox.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import './inbox.css';

type Props = { overview: SyncOverview; filter: InboxFilter; go: Go };

/** What stands still and why, one line a cause, and the records themselves. */
export function InboxTab({ overview, filter, go }: Props) {
  const [selection, setSelection] = useState<Selection>(new Map());
  const [started, setStarted] = useState<readonly (readonly string[])[]>([]);
  const { exportCsv, isExporting, exportFailure } = useExportRecords(filter);
  const change = (next: InboxFilter) => {
    setSelection(new Map());
    go({ filter: next });
  };
  const begin = (ids: readonly string[], isPlan: boolean) => {
    // After a dry run the same records can be sent.
    if (!isPlan) setSelection(new Map());
    setStarted((before) => [ids, ...before]);
  };
  return (
    <>
      <Causes inbox={overview.inbox} go={go} onShow={change} />
      {started.map((ids) => (
        <RunProgress
          key={ids[0]}
          ids={ids}
          onClose={() => setStarted((before) => before.filter((one) => one !== ids))}
          onShow={change}
        />
      ))}
      <InboxFilters filter={filter} inbox={overview.inbox} onChange={change}>
        <Button isBusy={isExporting} onClick={exportCsv}>
          {inboxWords.exportCsv}
        </Button>
      </InboxFilters>
      {exportFailure && <ActError title={inboxWords.exportFailed} failure={exportFailure} />}
      <Listed {...{ filter, selection, go }} onSelect={setSelection} onStarted={begin} onChange={change} />
    </>
  );
}

type ListedProps = {
  filter: InboxFilter;
  selection: Selection;
  go: Go;
  onSelect(selection: Selection): void;
  onStarted(runIds: readonly string[], isPlan: boolean): void;
  onChange(filter: InboxFilter): void;
};

function Listed({ filter, selection, go, onSelect, onStarted, onChange }: ListedProps) {
  const { format } = useFrame();
  const { list, failure, isFetching, isPrevious, refetch, ...pages } = useInbox(filter);
  useNetwork(refetch);
  const { walk, tabIndexOf } = useRowWalk(list?.records.length ?? 0);
  const keptFocus = useKeptFocus(list?.records.length ?? 0, list);
  if (!list && !failure) return <RowsSkeleton />;
  const toggle = (record: RecordSummary, isChosen: boolean) =>
    onSelect(withRecord(selection === 'all' ? new Map() : selection, record, isChosen));
  return (
    <section
      {...keptFocus}
      className={isPrevious ? 'sync-outdated' : undefined}
      aria-label={inboxWords.records}
      aria-busy={isFetching}
    >
      {failure && <FailureNote failure={failure} isRetrying={isFetching} onRetry={refetch} />}
      <p className="sr" role="status">
        {list && !isPrevious && inboxWords.found(format.count(list.total))}
      </p>
      {list && list.total === 0 && <Nothing filter={filter} onChange={onChange} />}
      {list && list.total > 0 && (
        <>
          <BulkBar {...{ list, filter, selection, onSelect, onStarted }} />
          <ul {...walk}>
            {list.records.map((record, row) => (
              <RecordRow
                key={keyOf(record)}
                record={record}
                row={row}
                tabIndex={tabIndexOf(row)}
                isChosen={isSelectable(record) && (selection === 'all' || selection.has(keyOf(record)))}
                onChoose={isSelectable(record) ? (isChosen) => toggle(record, isChosen) : null}
                go={go}
              />
            ))}
          </ul>
          <Pages {...pages} list={list} />
        </>
      )}
    </section>
  );
}

function withRecord(chosen: Exclude<Selection, 'all'>, record: RecordSummary, isChosen: boolean): Selection {
  const next = new Map(chosen);
  if (isChosen) next.set(keyOf(record), record);
  else next.delete(keyOf(record));
  return next;
}

function Nothing({ filter, onChange }: Pick<ListedProps, 'filter' | 'onChange'>) {
  const isWhole = JSON.stringify(filter) === JSON.stringify(wholeInbox);
  return (
    <div className="pad sync-nothing">
      <p>{isWhole ? inboxWords.none : inboxWords.noneFound}</p>
      {!isWhole && <Button onClick={() => onChange(wholeInbox)}>{inboxWords.clear}</Button>}
    </div>
  );
}
