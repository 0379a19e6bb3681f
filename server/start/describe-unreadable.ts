import type { SealedText } from '#server/store/tables/sealed-texts.ts';

const mostNamed = 10;

/** What people call each secret. */
export const sealedWords: Record<SealedText['place'], string> = {
  connection: 'Xero tokens',
  workspace: 'keys',
  webhook: 'webhook',
  old_webhook: 'webhook',
};

/** One line for the operator: which rows cannot be decrypted, and what to do. It contains no secret. */
export function describeUnreadable(unreadable: readonly SealedText[]): string {
  const names = unreadable
    .slice(0, mostNamed)
    .map(({ place, workspaceId }) => `${sealedWords[place]} of workspace ${workspaceId}`);
  const more = unreadable.length > mostNamed ? `, and ${unreadable.length - mostNamed} more` : '';
  return `Some stored secrets cannot be decrypted with ENCRYPTION_KEY or ENCRYPTION_KEY_PREVIOUS: ${names.join(', ')}${more}. Add the key they were encrypted with to ENCRYPTION_KEY_PREVIOUS, or delete them: npm run workspace -- forget-unreadable`;
}
