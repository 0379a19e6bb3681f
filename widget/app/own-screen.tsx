import { lazy, Suspense } from 'react';
import type { Opened } from '#shared/contract/session/open.ts';
import { SettingsSkeleton } from '#widget/ui/settings-skeleton.tsx';
import { Forbidden } from './forbidden.tsx';
import { ownForbiddenWords } from './own-words.ts';
import { SettingsWithActivity } from './settings-with-activity.tsx';

const Sync = lazy(() =>
  import('#widget/features/sync/sync-screen.tsx').then((module) => ({ default: module.SyncScreen })),
);

type Props = { opened: Opened; reopen(): void; isOpening: boolean };

/** The screens that are about no record: the settings, and the overview of sync. Both are for admins. */
export function OwnScreen({ opened, reopen, isOpening }: Props) {
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
