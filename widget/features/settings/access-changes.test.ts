import { expect, test } from 'vitest';
import type { AccessEntry } from '#shared/contract/settings.ts';
import { applyChanges } from './access-changes.ts';

function entry(userId: string, ...rights: AccessEntry['rights']): AccessEntry {
  return {
    userId,
    name: userId,
    email: '',
    rights,
  };
}

test('when somebody else has saved the list, then their changes stay under this person’s', () => {
  const changes = new Map([
    ['ben', entry('ben', 'view', 'link')],
    ['tom', null],
    ['mia', entry('mia', 'view')],
  ]);
  const before = [entry('ben', 'view'), entry('tom', 'view'), entry('priya', 'view', 'bills')];
  expect(applyChanges(before, changes)).toEqual([
    entry('ben', 'view', 'link'),
    entry('priya', 'view', 'bills'),
    entry('mia', 'view'),
  ]);
  // Priya's rights were taken away, Tom is gone already, Mia was added by the other too.
  const after = [entry('mia', 'view', 'viewBills'), entry('ben', 'view')];
  expect(applyChanges(after, changes)).toEqual([entry('mia', 'view'), entry('ben', 'view', 'link')]);
  expect(applyChanges(after, new Map())).toEqual(after);
});
