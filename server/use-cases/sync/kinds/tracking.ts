import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { noteKept, noteOtherName } from '../words/notes.ts';
import { problemWords } from '../words/problem-words.ts';
import { toProblem } from '../words/problems.ts';
import { checkPage, findTooLong, isFilled, toMissing } from './check-fields.ts';
import { findCategory } from './documents/tracking-refs.ts';
import type { Built, KindFacts, KindNote, KindTwin, SyncKind } from './kind.ts';
import { readText } from './read-row.ts';

/** An option of a tracking category. Only new ones are sent. A note tells of later renames. */
export const tracking: SyncKind<'tracking'> = {
  ...{ kind: 'tracking', resource: 'tracking_option', rank: 0, isListed: true },
  listNeeds: () => [],
  toXero,
  search: [{ by: 'name', toValue: ({ name }) => name || undefined }],
  canBe: (twin, { within }) => readText(twin, 'TrackingCategoryID')?.toLowerCase() === within,
  onFound: 'adopt',
  fields: { Name: 'name' },
  toRemoval: () => ({ how: 'keep', note: noteKept('tracking') }),
};

const required = ['category', 'name'] as const;

function toXero(data: RecordData<'tracking'>, facts: KindFacts): Built {
  if (!isFilled(data, required)) return toMissing(data, required);
  const { name } = data;
  const problem = findTooLong(['name', name, 100]) ?? checkPage(data.url, facts);
  if (problem) return { problem };
  if (facts.twin) return { same: true, notes: noteRename(name, facts.twin) };
  const category = findCategory(data.category, facts);
  if (category?.status === 'ACTIVE') return { element: { Name: name }, within: category.id };
  const target = { mapping: 'tracking', key: data.category };
  const message = problemWords.categoryUnknown(data.category);
  return { problem: toProblem('tracking_unknown', { field: 'category', message, target }) };
}

/** A name is compared as Xero does: without case. */
export function noteRename(name: string, twin: KindTwin): KindNote[] {
  const isSame = twin.name === null || twin.name.toLowerCase() === name.toLowerCase();
  return isSame ? [] : [noteOtherName(twin.name ?? '')];
}
