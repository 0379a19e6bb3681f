/** Shaped like the figures that come; `index.html` holds the same, so that it stands before any script runs. */
export function FiguresSkeleton() {
  return (
    <div className="skeleton" role="status" aria-label="Loading">
      <div className="header">
        <div className="header-id">
          <span className="bone w60" />
          <span className="bone thin w40" />
        </div>
      </div>
      <div className="hero plain">
        <span className="bone tall w50" />
      </div>
      <div className="pad">
        <BoneRows count={2} />
        <BoneRows count={2} />
        <BoneRows count={1} />
      </div>
    </div>
  );
}

/** Under a header that is known already. */
export function RowsSkeleton() {
  return (
    <div className="skeleton pad" role="status" aria-label="Loading">
      <BoneRows count={2} />
      <BoneRows count={2} />
    </div>
  );
}

export function SettingsSkeleton() {
  return (
    <div className="skeleton" role="status" aria-label="Loading">
      <div className="header">
        <div className="header-id">
          <span className="bone w40" />
          <span className="bone thin w60" />
        </div>
      </div>
      <div className="pad">
        <BoneRows count={4} />
        <BoneRows count={2} />
      </div>
    </div>
  );
}

function BoneRows({ count }: { count: number }) {
  return (
    <div className="bones">
      <span className="bone thin w40" />
      {Array.from({ length: count }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without any identity
        <span className="bone-row" key={row}>
          <span className="bone w50" />
          <span className="bone w30" />
        </span>
      ))}
    </div>
  );
}
