import { useState } from 'react';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { ActivityFilters } from './activity-filters.tsx';
import { ActivityRow } from './activity-row.tsx';
import { type ActivityFilter, useActivity, useExport } from './use-activity.ts';
import { activityWords } from './words.ts';

/** The audit, newest first, with filters by person and action, and a download. */
export function Activity() {
  const { format } = useFrame();
  const [filter, setFilter] = useState<ActivityFilter>({ userId: '', action: '' });
  const { pages, failure, isFetching, refetch, hasOlder, isLoadingOlder, loadOlder } = useActivity(filter);
  const { exportCsv, isExporting, exportFailure } = useExport(filter);
  const entries = pages?.flatMap((page) => page.entries) ?? [];
  const isNarrowed = filter.userId !== '' || filter.action !== '';
  return (
    <div className="activity-entries" aria-busy={isFetching}>
      <ActivityFilters filter={filter} users={pages?.[0]?.users ?? []} onChange={setFilter}>
        <Button isBusy={isExporting} onClick={exportCsv}>
          {activityWords.exportCsv}
        </Button>
      </ActivityFilters>
      {exportFailure && <ActError title={activityWords.exportFailed} failure={exportFailure} />}
      {failure && <FailureNote failure={failure} isRetrying={isFetching} onRetry={refetch} />}
      {pages && entries.length === 0 && (
        <p className="small nothing">{isNarrowed ? activityWords.nothingFits : activityWords.nothing}</p>
      )}
      <ol className="activity-list">
        {entries.map((entry) => (
          <ActivityRow key={entry.id} entry={entry} />
        ))}
      </ol>
      {entries.length > 0 && (
        <div className="activity-more">
          <span className="small" role="status">
            {activityWords.shown(format.count(entries.length))}
          </span>
          {hasOlder && (
            <Button isBusy={isLoadingOlder} onClick={loadOlder}>
              {activityWords.older}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
