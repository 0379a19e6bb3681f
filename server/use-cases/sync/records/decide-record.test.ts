import { describe, expect, test } from 'vitest';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import type { KindRule, OutRule, Rules } from '#shared/contract/sync/rules.ts';
import { firstRules } from '../settings/first-rules.ts';
import { decideRecord, nextRound, type RecordVersion } from './decide-record.ts';

const where = { workspaceId: 'acme', organisationId: 'org' };
const at = '2026-11-30T10:00:00.000Z';
const on: Rules = { ...firstRules, enabled: true, since: '2026-07-01' };
const customer: RecordVersion = {
  ...{ kind: 'customers', crmId: 'c-1', version: 1, wanted: 'present', data: { name: 'Acme Ltd' }, dataHash: 'h1' },
};
const expense: RecordVersion = {
  ...{ kind: 'expenses', crmId: 'e-1', version: 1, wanted: 'present', dataHash: 'h1' },
  data: { date: '2026-11-28', amount: '86.40', currency: 'AUD' },
};

function decide(version: RecordVersion, more: { known?: RecordRow; rules?: Rules } = {}): RecordRow {
  return decideRecord(version, { where, known: more.known, at, rules: more.rules ?? on });
}

function withOut(kind: KindRule['kind'], out: Partial<OutRule>): Rules {
  const kinds = on.kinds.map((rule) =>
    rule.kind === kind && rule.out ? { ...rule, out: { ...rule.out, ...out } } : rule,
  );
  return { ...on, kinds };
}

function toDetails({ details }: RecordRow): Record<string, unknown> {
  return JSON.parse(details);
}

describe('a new record', () => {
  test('goes at once where the rule is automatic', () => {
    expect(decide(customer)).toMatchObject({ state: 'waiting', code: 'queued', nextTryAt: at, memory: '{}' });
  });

  test('waits for the next half hour where the rule is scheduled', () => {
    const row = decide(customer, { rules: withOut('customers', { new: 'scheduled' }) });
    expect(row).toMatchObject({ state: 'waiting', nextTryAt: '2026-11-30T10:30:00.000Z' });
    expect(nextRound('2026-11-30T10:29:59.999Z')).toBe('2026-11-30T10:30:00.000Z');
  });

  test('waits for a person where the rule is by hand', () => {
    const row = decide(customer, { rules: withOut('customers', { new: 'by_hand' }) });
    expect(row).toMatchObject({ state: 'changed', sentVersion: null, nextTryAt: null });
  });

  test.each([
    ['sync is not enabled', { ...on, enabled: false }],
    ['the direction is off', withOut('customers', { on: false })],
  ])('is left out while %s', (_name, rules) => {
    const row = decide(customer, { rules });
    expect([row.state, toDetails(row).excluded]).toMatchObject(['excluded', { by: 'rule', rule: 'direction_off' }]);
  });

  test('from before the first day is left out, unless a person asked for it', () => {
    const old = { ...expense, data: { ...expense.data, date: '2026-06-30' } };
    const row = decide(old);
    expect([row.state, toDetails(row).excluded]).toMatchObject(['excluded', { rule: 'since' }]);
    const known = { ...row, memory: '{"asked":{"id":"u","name":"Ben"}}' };
    expect(decide({ ...old, version: 2 }, { known })).toMatchObject({ state: 'waiting' });
    expect(decide({ ...old, data: { ...old.data, date: '2026-07-01' } })).toMatchObject({ state: 'waiting' });
  });
});

describe('a newer version', () => {
  const inXero = { ...decide(expense), state: 'synced', xeroId: 'x-1', sentVersion: 1, memory: '{"sentHash":"h1"}' };

  test('of an expense waits for a person, of a customer it goes', () => {
    expect(decide({ ...expense, version: 2, dataHash: 'h2' }, { known: inXero })).toMatchObject({ state: 'changed' });
    const contact = { ...decide(customer), state: 'synced', xeroId: 'x-2', sentVersion: 1 };
    expect(decide({ ...customer, version: 2, dataHash: 'h2' }, { known: contact })).toMatchObject({ state: 'waiting' });
  });

  test('with the data that Xero has already is no change', () => {
    expect(decide({ ...expense, version: 2 }, { known: inXero })).toMatchObject({ state: 'synced', sentVersion: 2 });
  });

  test('ends a problem and says that it is tried again', () => {
    const known = { ...decide(customer), state: 'problem', code: 'field_missing', tries: 4, blockedOn: 'lock' };
    const row = decide({ ...customer, version: 2 }, { known });
    expect(row).toMatchObject({ state: 'waiting', code: 'edited', tries: 0, blockedOn: null });
  });

  test('stays left out where a person said so', () => {
    const excluded = { by: 'person', rule: null, user: { id: 'u', name: 'Ben' }, at };
    const row = decide(customer);
    const known = { ...row, state: 'excluded', details: JSON.stringify({ ...toDetails(row), reason: null, excluded }) };
    expect(decide({ ...customer, version: 2 }, { known })).toMatchObject({ state: 'excluded' });
  });

  test('keeps what the engine remembers', () => {
    const known = { ...decide(customer), memory: '{"gone":["x"]}', blockedOn: 'lock', runId: 'r-1' };
    const kept = { memory: '{"gone":["x"]}', blockedOn: null, runId: 'r-1' };
    expect(decide({ ...customer, version: 2 }, { known })).toMatchObject(kept);
  });
});

describe('a deletion', () => {
  const gone: RecordVersion = { ...customer, version: 2, wanted: 'absent' };

  test('of what was never sent is done', () => {
    const known = decide(customer, { rules: { ...on, enabled: false } });
    expect(decide(gone, { known })).toMatchObject({ state: 'synced', nextTryAt: null });
  });

  test('of what may be on its way is looked at', () => {
    expect(decide(gone, { known: decide(customer) })).toMatchObject({ state: 'waiting', nextTryAt: at });
  });

  test('of what is in Xero is sent as changes are', () => {
    const known = { ...decide(customer), state: 'synced', xeroId: 'x-1', sentVersion: 1, memory: '{"sentHash":"h1"}' };
    expect(decide(gone, { known })).toMatchObject({ state: 'waiting' });
  });
});
