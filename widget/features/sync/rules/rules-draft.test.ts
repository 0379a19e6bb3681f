import { expect, test } from 'vitest';
import type { Rules } from '#shared/contract/sync/rules.ts';
import { findChange, toDraft } from './rules-draft.ts';

const sent = { on: true, new: 'automatic', changes: 'by_hand' } as const;
const saved: Rules = {
  ...{ enabled: true, since: '2026-07-01', roundingLine: false, importAllContacts: false, billStatus: 'approved' },
  kinds: [
    { kind: 'expenses', out: sent, back: null },
    { kind: 'invoices', out: sent, back: null },
    { kind: 'bills', out: null, back: { on: true, when: 'automatic' } },
  ],
};

test('when nothing was changed, then nothing is sent', () => {
  expect(findChange(saved, toDraft(saved))).toBeUndefined();
});

test('when one kind and one member were changed, then only those are sent', () => {
  const draft = toDraft(saved);
  const out = new Map([...draft.out, ['expenses', { ...sent, on: false }] as const]);
  expect(findChange(saved, { ...draft, roundingLine: true, out })).toEqual({
    roundingLine: true,
    kinds: [{ kind: 'expenses', out: { ...sent, on: false } }],
  });
});

test('when the day is emptied, then the saved day stays', () => {
  expect(findChange(saved, { ...toDraft(saved), since: null })).toBeUndefined();
});

test('when only the choice of bills was changed, then only that is sent', () => {
  const bills = { on: false, when: 'automatic', onlyUnpaid: true } as const;
  expect(findChange(saved, { ...toDraft(saved), bills })).toEqual({ kinds: [{ kind: 'bills', back: bills }] });
});
