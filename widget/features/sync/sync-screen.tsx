import { useId, useState } from 'react';
import type { SyncOverview } from '#shared/contract/sync/overview.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useReadyEvent } from '#widget/session/use-page-events.ts';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { Header } from '#widget/ui/header.tsx';
import { TabList } from '#widget/ui/lists/tab-list.tsx';
import { RowsSkeleton } from '#widget/ui/skeleton.tsx';
import { InboxTab } from './inbox/inbox-tab.tsx';
import { MappingTab } from './mapping/mapping-tab.tsx';
import { toDoIn } from './overview/counts.ts';
import { OverviewTab } from './overview/overview-tab.tsx';
import { type Go, type Place, syncTabs, type Tab, wholeInbox } from './place.ts';
import { ResetTab } from './reset/reset-tab.tsx';
import { RulesTab } from './rules/rules-tab.tsx';
import { RunsTab } from './runs/runs-tab.tsx';
import { useOverview } from './use-overview.ts';
import { syncWords, tabWords } from './words.ts';
import '#widget/ui/styles/screens.css';
import './sync.css';

/** What is synced between the CRM and Xero, for admins: overview, inbox, mapping, rules, runs and reset. */
export function SyncScreen() {
  useReadyEvent();
  const id = useId();
  const { format } = useFrame();
  const [place, setPlace] = useState<Place>({ tab: 'overview', filter: wholeInbox, target: null });
  const { overview, failure, isFetching, refetch } = useOverview();
  // Tabs that were opened stay, so that nothing that was typed or chosen there is lost.
  const [visited, setVisited] = useState<readonly Tab[]>(['overview']);
  const go: Go = (to) => {
    setPlace((from) => ({ ...from, target: null, ...to }));
    const { tab } = to;
    if (tab) setVisited((before) => (before.includes(tab) ? before : [...before, tab]));
  };
  const waiting = overview ? countToDo(overview) : 0;
  const toDo = waiting > 0 ? format.count(waiting) : null;
  return (
    <div className="sync">
      <Header title={syncWords.title} subtitle={overview && (overview.enabled ? syncWords.on : syncWords.off)} />
      <TabList
        id={id}
        label={syncWords.tabs}
        tabs={syncTabs.map((tab) => ({ tab, words: tabWords[tab], count: tab === 'inbox' ? toDo : null }))}
        chosen={place.tab}
        onChoose={(tab) => go({ tab })}
      />
      {failure && <FailureNote failure={failure} isRetrying={isFetching} onRetry={refetch} />}
      {!overview && !failure && <RowsSkeleton />}
      {visited.map((tab) => (
        <div
          key={tab}
          role="tabpanel"
          id={`${id}-panel-${tab}`}
          aria-labelledby={`${id}-${tab}`}
          hidden={tab !== place.tab}
        >
          {overview && <Panel tab={tab} place={place} overview={overview} go={go} />}
        </div>
      ))}
    </div>
  );
}

function Panel({ tab, place, overview, go }: { tab: Tab; place: Place; overview: SyncOverview; go: Go }) {
  switch (tab) {
    case 'overview':
      return <OverviewTab overview={overview} go={go} />;
    case 'inbox':
      return <InboxTab overview={overview} filter={place.filter} go={go} />;
    case 'mapping':
      return <MappingTab target={place.target} />;
    case 'rules':
      return <RulesTab go={go} />;
    case 'runs':
      return <RunsTab go={go} />;
    case 'reset':
      return <ResetTab go={go} />;
  }
}

function countToDo({ kinds }: SyncOverview): number {
  return kinds.reduce((sum, { counts }) => sum + toDoIn(counts), 0);
}
