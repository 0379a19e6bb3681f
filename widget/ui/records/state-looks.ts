import type { RecordState } from '#shared/contract/sync/record.ts';
import type { IconName } from '../icon.tsx';

export type StateLook = { tone: 'danger' | 'warn' | 'good' | 'plain'; icon: IconName };

/** The colour and the icon of a state. Words always stand beside them. */
export const stateLooks: Readonly<Record<RecordState, StateLook>> = {
  waiting: { tone: 'plain', icon: 'clock' },
  synced: { tone: 'good', icon: 'check' },
  changed: { tone: 'warn', icon: 'refresh' },
  problem: { tone: 'danger', icon: 'warning' },
  question: { tone: 'warn', icon: 'warning' },
  excluded: { tone: 'plain', icon: 'close' },
  unsupported: { tone: 'plain', icon: 'close' },
};
