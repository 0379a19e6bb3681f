import type { SealedText } from '#server/store/tables/sealed-texts.ts';

const mostNamed = 10;

/** One line for whoever runs it: which rows, and what to do about them. Nothing of a secret. */
export function describeUnreadable(unreadable: readonly SealedText[]): string {
  const names = unreadable
    .slice(0, mostNamed)
    .map(({ place, workspaceId }) => `${place === 'connection' ? 'Xero tokens' : 'keys'} of workspace ${workspaceId}`);
  const more = unreadable.length > mostNamed ? `, and ${unreadable.length - mostNamed} more` : '';
  return `Stored secrets were sealed with a key that is neither ENCRYPTION_KEY nor in ENCRYPTION_KEY_PREVIOUS: ${names.join(', ')}${more}. Give that key in ENCRYPTION_KEY_PREVIOUS, or give these secrets up: npm run workspace -- forget-unreadable`;
}
