import { lazy, Suspense } from 'react';
import { useFrame } from '#widget/session/frame.ts';
import { useHealing } from '#widget/session/use-healing.ts';
import { useLive } from '#widget/session/use-live.ts';
import { useNetwork } from '#widget/session/use-network.ts';
import { useOpened } from '#widget/session/use-opened.ts';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { Header } from '#widget/ui/header.tsx';
import { SettingsSkeleton } from '#widget/ui/settings-skeleton.tsx';
import { FiguresSkeleton } from '#widget/ui/skeleton.tsx';
import { ViewScreen } from './view-screen.tsx';
import { appWords } from './words.ts';

const OwnScreen = lazy(() => import('./own-screen.tsx').then((module) => ({ default: module.OwnScreen })));

/** Shows a skeleton, a failure, or what the session opened. */
export function RecordScreen() {
  const { context } = useFrame();
  const { opened, failure, isOpening, reopen } = useOpened();
  useLive(opened !== undefined);
  const isUnreachable = !opened && failure?.code === 'unavailable';
  useHealing(isUnreachable ? failure : null, reopen);
  useNetwork(() => isUnreachable && reopen());
  const isOwn = context.recordType === 'settings' || context.recordType === 'sync';
  const skeleton = isOwn ? <SettingsSkeleton /> : <FiguresSkeleton isQuick={context.view === 'quick'} />;
  if (!opened && failure && failure.code !== 'not_found')
    return (
      <>
        <Header title={appWords.title} />
        <FailureNote failure={failure} isRetrying={isOpening} onRetry={reopen} />
      </>
    );
  if (!opened && !failure) return skeleton;
  if (opened?.view) return <ViewScreen opened={opened} first={opened.view} reopen={reopen} isOpening={isOpening} />;
  return (
    <Suspense fallback={skeleton}>
      <OwnScreen opened={opened} failure={failure} reopen={reopen} isOpening={isOpening} />
    </Suspense>
  );
}
