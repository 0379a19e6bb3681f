import { Icon } from '#widget/ui/icon.tsx';
import { uiWords } from '#widget/ui/words.ts';

/** Opens the record's document in Xero. */
export function XeroLink({ url }: { url: string | null }) {
  if (url === null) return null;
  return (
    <a className="button" href={url} target="_blank" rel="noopener noreferrer">
      {uiWords.viewInXero} <Icon name="external" />
    </a>
  );
}
