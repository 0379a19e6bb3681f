import { describe, expect, test } from 'vitest';
import type { RecordQuestion, SyncRecord } from '#shared/contract/sync/record.ts';
import { recordFixture } from '#widget/ui/records/record.fixture.ts';
import { listActs } from './possible-acts.ts';

const admin = { isAdmin: true, mayAct: true };
const user = { isAdmin: false, mayAct: true };
const viewer = { isAdmin: false, mayAct: false };

function ask(waitsFor: RecordQuestion['waitsFor'], ...ids: string[]): RecordQuestion {
  const choices = ids.map((id) => ({ id, label: id, effect: '', best: false, forAll: true, parts: null }));
  return { id: 'q_1', code: 'edited_both', message: '', waitsFor, differences: [], choices };
}

function labelOf(given: Partial<SyncRecord>, actor = user) {
  return listActs(recordFixture(given), actor).main?.label ?? null;
}

describe('the next step of a record', () => {
  test.each([
    ['changed and never sent', { state: 'changed' }, 'Sync to Xero'],
    ['changed after it was sent', { state: 'changed', sentVersion: 1 }, 'Re-sync to Xero'],
    ['in Xero', { state: 'synced', sentVersion: 1 }, 'Re-sync to Xero'],
    ['deleted on both sides', { state: 'synced', wanted: 'absent' }, null],
    ['a problem', { state: 'problem' }, 'Retry'],
    ['a question', { state: 'question', question: ask('user', 'keep_xero') }, null],
    ['unsupported', { state: 'unsupported' }, null],
    ['from Xero', { state: 'problem', origin: 'xero' }, null],
  ] as const)('when it is %s, then it is %j', (_, given, label) => {
    expect(labelOf(given)).toBe(label);
  });

  test('when it waits, then it can be tried now, unless it goes in a moment', () => {
    const waiting = (code: 'queued' | 'xero_failing') =>
      labelOf({ state: 'waiting', reason: { code, message: '', record: null } });
    expect([waiting('queued'), waiting('xero_failing')]).toEqual([null, 'Try now']);
  });

  test('when a person left it out, then an admin includes it; after a rule it is sent', () => {
    const at = '2026-11-29T18:00:00Z';
    const by = (who: 'person' | 'rule') => ({
      by: who,
      rule: who === 'rule' ? ('since' as const) : null,
      user: null,
      at,
    });
    const off = { by: 'rule', rule: 'direction_off', user: null, at } as const;
    expect(labelOf({ state: 'excluded', excluded: off }, admin)).toBeNull();
    expect(labelOf({ state: 'excluded', excluded: by('person') }, admin)).toBe('Include');
    expect(labelOf({ state: 'excluded', excluded: by('person') })).toBe('Sync to Xero');
    expect(labelOf({ state: 'excluded', excluded: by('rule') }, admin)).toBe('Sync to Xero');
  });
});

describe('what a person may do', () => {
  test('when the right to act is missing, then there is nothing to press', () => {
    expect(listActs(recordFixture({ state: 'problem' }), viewer)).toMatchObject({ main: null, others: [] });
  });

  test('when it can be left out, then only an admin is offered that', () => {
    const labels = (actor: typeof admin, given: Partial<SyncRecord>) =>
      listActs(recordFixture(given), actor).others.map(({ label }) => label);
    expect(labels(admin, { state: 'problem' })).toEqual(['Leave out']);
    expect(labels(user, { state: 'problem' })).toEqual([]);
    expect(labels(admin, { state: 'question', question: ask('user', 'leave_out') })).toEqual([]);
  });

  test('when a question waits for an admin, then users see it and cannot answer it', () => {
    const canAnswer = (actor: typeof admin, waitsFor: 'user' | 'admin') =>
      listActs(recordFixture({ state: 'question', question: ask(waitsFor, 'send_due') }), actor).canAnswer;
    expect([canAnswer(user, 'admin'), canAnswer(user, 'user'), canAnswer(admin, 'admin')]).toEqual([false, true, true]);
    expect(canAnswer(viewer, 'user')).toBe(false);
  });
});
