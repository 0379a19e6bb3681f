import type { SyncLists } from '#server/xero/records/sync-lists.ts';
import type { RecordProblem } from '#shared/contract/sync/record.ts';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { fieldWords } from '../../words/field-words.ts';
import { problemWords } from '../../words/problem-words.ts';
import { toProblem } from '../../words/problems.ts';
import { invalidAt, isFilled, toMissing } from '../check-fields.ts';
import type { KindFacts, Need } from '../kind.ts';

export type TrackingRefs = NonNullable<RecordData<'expenses'>['tracking']>;
type TrackingRef = TrackingRefs[number];
type Category = SyncLists['tracking'][number];
type Option = Category['options'][number];
export type LineTracking = { categoryId: string; optionId: string };

/** `at` is the path of the list. */
export function listTrackingNeeds(refs: TrackingRefs | undefined, at: string): Need[] {
  return (refs ?? []).flatMap((ref, place) => {
    const path = `${at}.${place}`;
    return ref.crmId !== undefined && !checkRef(ref, path)
      ? [{ kind: 'tracking' as const, crmId: ref.crmId, path }]
      : [];
  });
}

/** An option is named by its record or by its names, whole and once. */
function checkRef(ref: TrackingRef, path: string): RecordProblem | undefined {
  const names = ['category', 'option'] as const;
  const isByNames = names.some((name) => ref[name] !== undefined);
  if (ref.crmId !== undefined && isByNames) return invalidAt(path, fieldWords.twoTrackingNames);
  return ref.crmId || isFilled(ref, names) ? undefined : toMissing(ref, names, `${path}.`).problem;
}

/** Options are held by their ids, so that a rename in Xero changes nothing. */
export function findTracking(
  refs: TrackingRefs | undefined,
  at: string,
  facts: KindFacts,
): { tracking: LineTracking[] } | { problem: RecordProblem } {
  const tracking: LineTracking[] = [];
  for (const [place, ref] of (refs ?? []).entries()) {
    const path = `${at}.${place}`;
    const found = findOption(ref, path, facts);
    if ('problem' in found) return found;
    const { category, option } = found;
    if (option.status !== 'ACTIVE' || category.status !== 'ACTIVE') {
      return { problem: unknown(path, problemWords.trackingArchived(option.name)) };
    }
    if (tracking.some(({ categoryId }) => categoryId === category.id)) {
      return { problem: invalidAt(path, fieldWords.twoOptions(path, category.name)) };
    }
    tracking.push({ categoryId: category.id, optionId: option.id });
  }
  return { tracking };
}

type Found = { category: Category; option: Option } | { problem: RecordProblem };

function findOption(ref: TrackingRef, path: string, facts: KindFacts): Found {
  const problem = checkRef(ref, path);
  if (problem) return { problem };
  const { crmId, category: categoryName = '', option: optionName = '' } = ref;
  if (crmId !== undefined) return findById(crmId, path, facts);
  const category = findCategory(categoryName, facts);
  if (!category) return { problem: unknown(path, problemWords.categoryUnknown(categoryName)) };
  const wanted = optionName.toLowerCase();
  const named = category.options.filter(({ name }) => name.toLowerCase() === wanted);
  const option = named.find(({ status }) => status === 'ACTIVE') ?? named[0];
  if (option) return { category, option };
  return { problem: unknown(path, problemWords.trackingUnknown(optionName, category.name)) };
}

function findById(crmId: string, path: string, { twinOf, lists }: KindFacts): Found {
  const id = twinOf('tracking', crmId)?.id;
  const category = lists.tracking.find(({ options }) => options.some((option) => option.id === id));
  const option = category?.options.find((one) => one.id === id);
  if (category && option) return { category, option };
  if (id !== undefined) return { problem: unknown(path, problemWords.trackingArchived(crmId)) };
  return { problem: toProblem('record_missing', { field: path, message: problemWords.recordMissing(path) }) };
}

/** The category that an admin chose for the CRM's, or the one of the same name. */
export function findCategory(name: string, { mapping, lists }: KindFacts): Category | undefined {
  const wanted = name.toLowerCase();
  const chosen = Object.entries(mapping.tracking).find(([key]) => key.toLowerCase() === wanted)?.[1];
  if (chosen) return lists.tracking.find(({ id }) => id === chosen);
  const named = lists.tracking.filter((category) => category.name.toLowerCase() === wanted);
  return named.find(({ status }) => status === 'ACTIVE') ?? named[0];
}

function unknown(path: string, message: string): RecordProblem {
  return toProblem('tracking_unknown', { field: path, message });
}
