import { useOpenDetails } from '#widget/lib/details.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button, IconButton } from '../button.tsx';
import { uiWords } from '../words.ts';
import { figureWords } from './words.ts';

type Props = {
  asOf: string | null;
  isUpdating: boolean;
  isRefreshing: boolean;
  isQuick: boolean;
  onRefresh(): void;
};

/** Shows how old the figures are, with buttons for View Details and Refresh. */
export function AsOfFooter({ asOf, isUpdating, isRefreshing, isQuick, onRefresh }: Props) {
  const { format } = useFrame();
  const openDetails = useOpenDetails();
  return (
    <footer className="footer">
      <span className="as-of">
        {asOf && <time dateTime={asOf}>{figureWords.asOf(format.moment(asOf))}</time>}
        {isUpdating && <span> · {figureWords.updating}</span>}
      </span>
      <span data-part="view-details">
        <Button variant={isQuick ? 'text' : 'plain'} onClick={() => openDetails()}>
          {figureWords.details[isQuick ? 'quick' : 'detail']}
        </Button>
      </span>
      <IconButton icon="refresh" label={uiWords.refresh} isBusy={isRefreshing} onClick={onRefresh} />
    </footer>
  );
}
