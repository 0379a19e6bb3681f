import { describe, expect, test } from 'vitest';
import { decideRecord } from './decide-record.ts';

const where = { workspaceId: 'acme', organisationId: 'org' };
const version = { kind: 'customers' as const, crmId: 'c-1', wanted: 'present' as const, data: { name: 'Acme Ltd' } };

function decide(number: number, known?: ReturnType<typeof decideRecord>) {
  return decideRecord({ ...version, version: number }, { where, known, at: '2026-11-30T10:00:00.000Z' });
}

describe('the state of a new version', () => {
  test('keeps what the engine remembers, and is held up by nothing', () => {
    const first = decide(1);
    expect(first).toMatchObject({ memory: '{}', blockedOn: null, runId: null });
    const known = { ...first, memory: '{"twin":"t"}', blockedOn: 'lock', runId: 'r-1' };
    expect(decide(2, known)).toMatchObject({ memory: '{"twin":"t"}', blockedOn: null, runId: 'r-1' });
  });
});
