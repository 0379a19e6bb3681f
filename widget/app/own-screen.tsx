import { lazy, Suspense } from 'react';
import type { Opened } from '#shared/contract/session/open.ts';
import type { Failure } from '#widget/session/failures/failure.ts';
import { SettingsSkeleton } from '#widget/ui/settings-skeleton.tsx';
import { Forbidden } from './forbidden.tsx';
import { NotConnected } from './not-connected.tsx';
import { NotSent } from './not-sent.tsx';
import { ownForbiddenWords } from './own-words.ts';
import { SettingsWithActivity } from './settings-with-activity.tsx';
import { ViewForbidden } from './view-forbidden.tsx';

const Sync = lazy(() =>
  import('#widget/features/sync/sync-screen.tsx').then((module) => ({ default: module.SyncScreen })),
);

type Props = {
  opened: Opened | undefined;
  /** Why nothing was opened. */
  failure: Failure | null;
  reopen(): void;
  isOpening: boolean;
};

// Loaded from here, as a chunk of its own would split chunks of the first paint.
export { NotConnected, ViewForbidden };

/**
 * The screens that are about no record: the settings, and the overview of sync. Both are for admins. And the one of a
 * record that the CRM has not sent.
 */
export function OwnScreen({ opened, failure, reopen, isOpening }: Props) {
  if (!opened) return failure && <NotSent failure={failure} onCheckAgain={reopen} isChecking={isOpening} />;
  const which = opened.record.type === 'sync' ? 'sync' : 'settings';
  if (!opened.user.admin) {
    const { title, text } = ownForbiddenWords;
    return <Forbidden onCheckAgain={reopen} isChecking={isOpening} title={title[which]} text={text[which]} />;
  }
  if (which === 'settings') return <SettingsWithActivity />;
  return (
    <Suspense fallback={<SettingsSkeleton />}>
      <Sync />
    </Suspense>
  );
}
