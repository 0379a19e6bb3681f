import { Icon } from './icon.tsx';
import { uiWords } from './words.ts';

type Props = {
  /** A page of Xero. Without one there is no button. */
  url: string | null;
  words?: string;
  /** For screen readers, where the words alone do not say what is opened. */
  label?: string;
};

/** Opens a record or a page in Xero, in a new tab. */
export function XeroButton({ url, words = uiWords.viewInXero, label }: Props) {
  if (url === null) return null;
  return (
    <a className="button" href={url} target="_blank" rel="noopener noreferrer" aria-label={label}>
      {words} <Icon name="external" />
    </a>
  );
}
