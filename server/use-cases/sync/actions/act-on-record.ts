import type { Deps } from '#server/deps.ts';
import { AppError } from '#shared/app-error.ts';
import type { RecordKind } from '#shared/contract/sync/kinds.ts';
import type { RecordQuestion, SyncRecord } from '#shared/contract/sync/record.ts';
import { nameCaller, type RecordCaller, requireAdminAction, workspaceOfCaller } from '../accept-caller.ts';
import { actOnBill } from '../bringing/act-on-bill.ts';
import { findRow } from '../records/get-record.ts';
import { toOrganisationName, toRecordAnswer } from '../records/record-answer.ts';
import { parseRecordDetails } from '../records/record-details.ts';
import { saveStates } from '../records/save-states.ts';
import { parseVersion } from '../records/store-versions.ts';
import { forgetLists } from '../settings/kept-lists.ts';
import { readRules } from '../settings/read-rules.ts';
import { recordWords } from '../words/record-words.ts';
import { requestWords } from '../words/request-words.ts';
import { type Act, applyAction } from './apply-action.ts';
import { findPlannedQuestion } from './find-planned-question.ts';

/**
 * A person's action on one record. Users of the record may send it, try it again, and answer what waits for a user; the
 * rest is for admins. Rejects with not_found, forbidden, action_not_allowed, question_changed or invalid_request.
 */
export async function actOnRecord(
  deps: Deps,
  caller: RecordCaller,
  { kind, crmId, ...act }: Act & { kind: RecordKind; crmId: string },
): Promise<SyncRecord> {
  const workspaceId = workspaceOfCaller(caller);
  const acted = await deps.store.together(async (store) => {
    await store.records.hold(workspaceId);
    const organisation = toOrganisationName(await store.connections.find(workspaceId));
    const where = { workspaceId, organisationId: organisation?.id ?? '' };
    const row = await findRow(store, where, { kind, crmId });
    if (!row) throw new AppError('not_found', { detail: requestWords.noRecord });
    const isAhead = act.action === 'answer' && row.state !== 'question';
    const planned = isAhead ? await findPlannedQuestion(store, row, act.questionId) : undefined;
    requireAllowed(caller, act, planned ?? parseRecordDetails(row.details).question);
    const data = await store.records.findData(workspaceId, row.kind, row.crmId ?? '');
    const [at, by] = [deps.clock.now().toISOString(), nameCaller(caller)];
    if (row.kind === 'bills') {
      const after = await actOnBill(deps, store, { row, action: act.action, by, at });
      return { where, answer: toRecordAnswer(after, undefined, organisation) };
    }
    if (!data) throw new AppError('action_not_allowed');
    const rules = await readRules(store, where);
    const after = applyAction(act, { row, version: parseVersion(data), rules, by, at, planned });
    if (after) {
      const history = { by, action: act.action, message: recordWords.acted[act.action] };
      await saveStates(store, [{ before: row, after, history }], { organisation, at });
    }
    return { where, answer: toRecordAnswer(after ?? row, data, organisation) };
  });
  // The fix may have been made in Xero's lists a moment ago.
  if (act.action === 'retry') await forgetLists(deps, acted.where.organisationId);
  deps.jobs.wake(acted.where);
  return acted.answer;
}

/** Leaving out and including are for admins, and so are questions that wait for one. */
function requireAllowed(caller: RecordCaller, { action }: Act, question: RecordQuestion | null): void {
  const waitsForAdmin = question?.waitsFor === 'admin';
  const isForUsers = action === 'sync' || action === 'retry' || (action === 'answer' && !waitsForAdmin);
  if (!isForUsers) requireAdminAction(caller);
}
