import type { ReactNode } from 'react';
import type { Settings } from '#shared/contract/settings.ts';
import { useReadyEvent } from '#widget/session/use-ready-event.ts';
import { FailureNote } from '#widget/ui/failure-note.tsx';
import { Header } from '#widget/ui/header.tsx';
import { SettingsSkeleton } from '#widget/ui/skeleton.tsx';
import { Access } from './access.tsx';
import { Connection } from './connection.tsx';
import { Defaults } from './defaults.tsx';
import { Disconnect } from './disconnect.tsx';
import { StatusPill } from './status-pill.tsx';
import { Usage } from './usage.tsx';
import { useSettings } from './use-settings.ts';
import { settingsWords } from './words.ts';
import '#widget/ui/styles/screens.css';
import '#widget/ui/styles/settings.css';

/** The settings for CRM admins: the connection, the access list, defaults of documents, and the day's calls. */
export function SettingsScreen({ activity }: { activity: ReactNode }) {
  const { settings, failure, isFetching, refetch } = useSettings();
  if (!settings && failure)
    return (
      <>
        <Header title={settingsWords.title} />
        <FailureNote failure={failure} isRetrying={isFetching} onRetry={refetch} />
      </>
    );
  if (!settings) return <SettingsSkeleton />;
  return <SettingsContent settings={settings} activity={activity} />;
}

function SettingsContent({ settings, activity }: { settings: Settings; activity: ReactNode }) {
  useReadyEvent();
  const { connection, organisation, users, access, accessVersion, defaults, usage } = settings;
  const isConnected = connection.status !== 'disconnected';
  const subtitle = subtitleOf(settings);
  return (
    <div className="settings">
      <Header title={settingsWords.title} subtitle={subtitle}>
        <StatusPill connection={connection} />
      </Header>
      <Connection connection={connection} organisation={organisation} />
      <Access users={users} access={access} version={accessVersion} />
      {isConnected && connection.status !== 'reconnect_needed' && <Defaults defaults={defaults} />}
      {isConnected && <Usage usage={usage} />}
      {activity}
      {isConnected && <Disconnect organisation={organisation?.name ?? settingsWords.title} />}
    </div>
  );
}

function subtitleOf({ connection: { status }, organisation }: Settings): string {
  if (status === 'disconnected' || !organisation) return settingsWords.notConnected;
  return status === 'reconnect_needed' ? organisation.name : settingsWords.connectedTo(organisation.name);
}
