import { useFrame } from '#widget/lib/frame.ts';
import { IconButton } from '../button.tsx';

type Props = { asOf: string | null; isUpdating: boolean; isRefreshing: boolean; onRefresh(): void };

/** How old the figures are, and the way to newer ones. */
export function AsOfFooter({ asOf, isUpdating, isRefreshing, onRefresh }: Props) {
  const { format } = useFrame();
  return (
    <footer className="footer">
      <span>
        {asOf && <time dateTime={asOf}>As of {format.moment(asOf)}</time>}
        {isUpdating && <span className="updating"> · updating…</span>}
      </span>
      <IconButton icon="refresh" label="Refresh" isBusy={isRefreshing} onClick={onRefresh} />
    </footer>
  );
}
