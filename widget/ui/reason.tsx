type Props = { reason: string; detail: string | undefined };

/** Ours first, then Xero's own words, where it gave any. */
export function Reason({ reason, detail }: Props) {
  return (
    <>
      {reason}
      {detail && <q className="detail">{detail}</q>}
    </>
  );
}
