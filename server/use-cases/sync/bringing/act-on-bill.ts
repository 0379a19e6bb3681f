import type { Deps } from '#server/deps.ts';
import type { Repositories } from '#server/store/store.ts';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import { AppError } from '#shared/app-error.ts';
import type { RecordAction } from '#shared/contract/sync/actions.ts';
import { parseRecordDetails } from '../records/record-details.ts';
import { saveStates } from '../records/save-states.ts';
import { recordWords } from '../words/record-words.ts';
import { requestWords } from '../words/request-words.ts';
import { type BillFacts, readBillFacts } from './bill-facts.ts';
import { findBill, toWaiting } from './bill-row.ts';
import { findBillRule, isGone } from './bill-rule.ts';
import { saveArrivals } from './save-arrivals.ts';

type Acted = { row: RecordRow; action: RecordAction; by: { id: string; name: string }; at: string };

/**
 * A person's or the CRM's action on a bill that waits for the CRM: it is left out, or comes although it was left out.
 * Use within a transaction that holds the workspace. Rejects with action_not_allowed where the action means nothing.
 */
export async function actOnBill(
  { config }: Pick<Deps, 'config'>,
  store: Repositories,
  { row, action, by, at }: Acted,
): Promise<RecordRow> {
  const bill = findBill(row.memory);
  const where = { workspaceId: row.workspaceId, organisationId: row.organisationId };
  const facts = await readBillFacts({ config }, store, { where, bills: bill ? [bill] : [], unreadable: [] });
  const history = { by, action, message: recordWords.acted[action] };
  const save = async (after: RecordRow): Promise<RecordRow> => {
    await saveStates(store, [{ before: row, after, history }], { organisation: facts.organisation, at });
    return after;
  };
  if (action === 'exclude' && ['waiting', 'problem'].includes(row.state)) return save(leaveOut(row, { by, at }));
  if (action === 'retry' && row.state === 'problem') return save({ ...row, nextTryAt: at });
  if (!['include', 'sync'].includes(action) || row.state !== 'excluded' || !bill || isGone(bill)) {
    throw new AppError('action_not_allowed', { detail: requestWords.cameFromXero });
  }
  requireOn(facts);
  const after = toWaiting(bill, { where, at, url: facts.urlOf(bill.id) });
  await saveArrivals(store, [{ bill, before: row, after, told: 'new' }], { facts, at });
  return after;
}

function leaveOut(row: RecordRow, { by, at }: Pick<Acted, 'by' | 'at'>): RecordRow {
  const excluded = { by: 'person' as const, rule: null, user: by, at };
  const shown = { ...parseRecordDetails(row.details), reason: null, problem: null, excluded };
  const plain = { state: 'excluded', code: null, stateSince: at, nextTryAt: null };
  return { ...row, ...plain, details: JSON.stringify(shown) };
}

function requireOn({ rules }: BillFacts): void {
  if (!findBillRule(rules)) throw new AppError('action_not_allowed', { detail: requestWords.bringOff });
}
