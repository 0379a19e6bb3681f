import type { ReactNode } from 'react';
import type { LinkedView } from '#shared/contract/view.ts';
import { useFrame } from '#widget/session/frame.ts';
import type { ViewState } from '#widget/session/use-view.ts';
import { FailureNote, UnreadableNote } from '../failures/failure-note.tsx';
import { FiguresSkeleton } from '../skeleton.tsx';
import { AsOfFooter } from './as-of-footer.tsx';
import { SummaryFigures } from './summary-figures.tsx';

type Props = {
  known: Pick<LinkedView, 'summary' | 'asOf' | 'stale'>;
  state: ViewState;
  /** Shown before the figures. */
  lead?: ReactNode;
  /** Shown after the figures. */
  children?: ReactNode;
  /** No figures are missing, even if there are none. */
  isComplete?: boolean;
};

/** The known figures. After a failure they are dimmed and dated, but never hidden. */
export function KnownFigures({ known: { summary, asOf, stale }, state, lead, children, isComplete }: Props) {
  const { context } = useFrame();
  const isQuick = context.view === 'quick';
  const { failure, unreadable, isFetching, refresh } = state;
  return (
    <>
      {failure && (
        <FailureNote
          failure={failure}
          isRetrying={isFetching}
          onRetry={() => refresh('fresh')}
          onWaited={() => refresh('known')}
          knownSince={summary && asOf}
        />
      )}
      {unreadable > 0 && <UnreadableNote count={unreadable} />}
      <div className={failure ? 'dimmed' : undefined}>
        {lead}
        {summary && (
          <SummaryFigures
            summary={summary}
            view={isQuick ? 'quick' : 'detail'}
            isDimmed={failure !== null}
            isPart={unreadable > 0}
          />
        )}
        {children}
      </div>
      {!summary && !failure && !isComplete && <FiguresSkeleton isQuick={isQuick} isHeaderKnown />}
      {(summary || isComplete) && (
        <AsOfFooter
          asOf={asOf}
          isQuick={isQuick}
          isUpdating={stale && !failure}
          isRefreshing={isFetching}
          onRefresh={() => refresh('fresh')}
        />
      )}
    </>
  );
}
