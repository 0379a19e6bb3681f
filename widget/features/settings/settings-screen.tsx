import type { ReactNode } from 'react';
import type { ConnectionAnswer, Settings } from '#shared/contract/settings.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useReadyEvent } from '#widget/session/use-page-events.ts';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { Header } from '#widget/ui/header.tsx';
import { SettingsSkeleton } from '#widget/ui/settings-skeleton.tsx';
import { Access } from './access.tsx';
import { Connection } from './connection.tsx';
import { Defaults } from './defaults.tsx';
import { Disconnect } from './disconnect.tsx';
import { useSettings } from './use-settings.ts';
import { settingsWords, statusWords } from './words.ts';
import '#widget/ui/styles/screens.css';
import './settings.css';

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

const tones = { running: 'good', paused: 'warn', reconnect_needed: 'danger', disconnected: 'plain' } as const;

function StatusPill({ connection }: { connection: ConnectionAnswer }) {
  const { format } = useFrame();
  const until = connection.pausedUntil ? format.moment(connection.pausedUntil) : '';
  return <span className={`tag settings-status ${tones[connection.status]}`}>{statusWords(connection, until)}</span>;
}

function Usage({ usage: { callsToday, dailyCalls } }: Pick<Settings, 'usage'>) {
  const { format } = useFrame();
  const share = dailyCalls > 0 ? Math.min(1, callsToday / dailyCalls) : 0;
  return (
    <section className="pad">
      <h2>{settingsWords.usage}</h2>
      <div className="meter-words">
        <span>{settingsWords.calls}</span>
        <span>{settingsWords.callsOf(format.count(callsToday), format.count(dailyCalls))}</span>
      </div>
      <div className="meter" aria-hidden="true">
        <i className={share > 0.9 ? 'settings-used-up' : 'settings-used'} style={{ width: `${share * 100}%` }} />
      </div>
    </section>
  );
}
