import type { Deps } from '#server/deps.ts';
import { AppError } from '#shared/app-error.ts';
import type { RecordKind } from '#shared/contract/sync/kinds.ts';
import { type WholeCaller, workspaceOfCaller } from '../accept-caller.ts';
import { startRun } from '../actions/start-run.ts';
import { findSyncPlace } from '../settings/find-sync-place.ts';
import { readRules } from '../settings/read-rules.ts';
import { requestWords } from '../words/request-words.ts';
import { findBillRule } from './bill-rule.ts';

type Asked = { kinds?: readonly RecordKind[] | undefined; since?: string | undefined; dryRun?: boolean | undefined };

/**
 * Asks for a reading of Xero. A dry run says what would come, also while bills do not come yet. Rejects with
 * not_connected, with invalid_request for a kind that is not read from Xero, and with action_not_allowed while bills do
 * not come.
 */
export async function startBring(
  deps: Deps,
  caller: WholeCaller,
  { kinds = [], since, dryRun = false }: Asked,
): Promise<{ runId: string }> {
  const errors = kinds.flatMap((kind, index) =>
    kind === 'bills' ? [] : [{ path: `kinds.${index}`, message: requestWords.notReadYet }],
  );
  if (errors.length > 0) throw new AppError('invalid_request', { errors });
  const { where } = await findSyncPlace(deps.store, workspaceOfCaller(caller));
  if (where.organisationId === '') throw new AppError('not_connected');
  const isOn = findBillRule(await readRules(deps.store, where)) !== undefined;
  if (!isOn && !dryRun) throw new AppError('action_not_allowed', { detail: requestWords.bringOff });
  const request = { action: 'sync' as const, kind: 'bills' as const, ...(since !== undefined && { since }) };
  return startRun(deps, caller, { type: 'bring', dryRun, request });
}
