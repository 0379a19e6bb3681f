import type { ReactNode } from 'react';
import { uiWords } from './words.ts';

type Props = {
  /** For the quick view. */
  isQuick?: boolean;
  /** Leaves out the header, because it is already shown. */
  isHeaderKnown?: boolean;
};

/**
 * A skeleton as tall as the figures. `index.html` holds a copy, which is shown before any script runs. A test compares
 * the two.
 */
export function FiguresSkeleton({ isQuick = false, isHeaderKnown = false }: Props) {
  return (
    <Skeleton className={isQuick ? 'quick' : undefined}>
      {!isHeaderKnown && <HeaderBones />}
      <div className="hero">
        <p className="bones two" />
      </div>
      {isQuick ? (
        <div className="pad">
          <Rows count={3} />
        </div>
      ) : (
        <div className="tables pad">
          <Section rows={2} hasBar />
          <div>
            <Section rows={2} />
            <Section rows={1} />
            <section className="quiet">
              <Rows count={2} />
            </section>
          </div>
        </div>
      )}
      <div className="footer">
        <p className="bones" />
      </div>
    </Skeleton>
  );
}

/** For content other than figures, under a header that is already shown. */
export function RowsSkeleton() {
  return (
    <Skeleton className="pad">
      <Rows count={8} />
    </Skeleton>
  );
}

export function Skeleton({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={className} role="status" aria-label={uiWords.loading}>
      {children}
    </div>
  );
}

export function HeaderBones() {
  return (
    <div className="header">
      <p className="bones two" />
    </div>
  );
}

export function Section({ rows, hasBar = false }: { rows: number; hasBar?: boolean }) {
  return (
    <section>
      <p className="bones head" />
      <Rows count={rows} />
      {hasBar && <p className="bones bar" />}
    </section>
  );
}

function Rows({ count }: { count: number }): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: rows without any identity
  return Array.from({ length: count }, (_, row) => <p className="bones" key={row} />);
}
