import type { RecordQuestion, RecordSummary } from '#shared/contract/sync/record.ts';
import { choiceWords } from '../words.ts';

export type CommonChoice = { id: string; label: string; effect: string; best: boolean };

/**
 * The choices that can be made once for all of these records; none where they are not all the same question. A label that
 * differs between records, such as “Send 100.00”, becomes one that fits all.
 */
export function listCommonChoices(records: readonly RecordSummary[]): CommonChoice[] {
  const questions = records.flatMap(({ state, question }) => (state === 'question' && question ? [question] : []));
  const [first] = questions;
  if (!first || questions.length < records.length || questions.some(({ code }) => code !== first.code)) return [];
  const ids = new Set(questions.flatMap(({ choices }) => choices.flatMap(({ id, forAll }) => (forAll ? [id] : []))));
  return [...ids].flatMap((id) => toCommon(id, questions) ?? []);
}

function toCommon(id: string, questions: readonly RecordQuestion[]): CommonChoice | undefined {
  const offered = questions.flatMap(({ choices }) => choices.filter((choice) => choice.id === id && choice.forAll));
  const labels = new Set(offered.map(({ label }) => label));
  const [only] = offered;
  if (!only) return undefined;
  const best = offered.length === questions.length && offered.every((choice) => choice.best);
  if (labels.size === 1 && offered.every(({ effect }) => effect === only.effect)) {
    return { id, label: only.label, effect: only.effect, best };
  }
  const known = choiceWords[id];
  return known && { id, ...known, best };
}
