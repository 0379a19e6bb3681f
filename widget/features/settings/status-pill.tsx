import type { ConnectionAnswer } from '#shared/contract/settings.ts';
import { useFrame } from '#widget/session/frame.ts';
import { statusWords } from './words.ts';

const tones = { running: 'good', paused: 'warn', reconnect_needed: 'danger', disconnected: 'plain' } as const;

export function StatusPill({ connection }: { connection: ConnectionAnswer }) {
  const { format } = useFrame();
  const until = connection.pausedUntil ? format.moment(connection.pausedUntil) : '';
  return <span className={`tag status ${tones[connection.status]}`}>{statusWords(connection, until)}</span>;
}
