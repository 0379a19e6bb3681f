import type { Run } from '#shared/contract/sync/runs.ts';

export function hasEnded({ status }: Pick<Run, 'status'>): boolean {
  return status !== 'queued' && status !== 'running';
}
