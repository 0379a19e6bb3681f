import { describe, expect, test } from 'vitest';
import type { WriteRow } from '#server/store/store.ts';
import { toXeroKey } from './resolve-write.ts';

const write = { organisationId: 'org-1', workspaceId: 'acme', writeKey: 'form:ben:k', attempt: 1 } as WriteRow;

describe('the key Xero knows a write by', () => {
  test('the same write has the same key, no longer than Xero allows', () => {
    expect(toXeroKey(write)).toBe(toXeroKey({ ...write }));
    expect(toXeroKey(write).length).toBeLessThanOrEqual(128);
  });

  test('organisation, workspace, form, attempt and step change the key', () => {
    const keys = [
      toXeroKey(write),
      toXeroKey({ ...write, organisationId: 'org-2' }),
      toXeroKey({ ...write, workspaceId: 'other' }),
      toXeroKey({ ...write, writeKey: 'form:ben:l' }),
      toXeroKey({ ...write, attempt: 2 }),
      toXeroKey(write, 'history'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
