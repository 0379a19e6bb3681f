import { beforeEach, describe, expect, test } from 'vitest';
import type { XeroOrganisation } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import { type Connected, getOrganisation } from './organisation.ts';

const organisation: XeroOrganisation = {
  ...{ id: 'o', name: 'Demo Company', baseCurrency: 'AUD', shortCode: '!a', countryCode: 'AU' },
  ...{ timeZone: 'Australia/Sydney', periodLockDate: null, endOfYearLockDate: null },
};
const connection: Connected = {
  ...{ workspaceId: 'w', organisationId: 'o', status: 'running', reason: null, organisation: null, version: 1 },
  ...{ xeroConnectionId: 'x', sealedTokens: null, accessExpiresAt: null, leaseOwner: null, leaseUntil: null },
  ...{ connectedAt: null, connectedBy: null, lastAttempt: null },
};
const caller = { workspaceId: 'w', organisationId: 'o', priority: 'person' as const };

/** Xero's answers in turn, and a cache whose TTL follows the test's clock. */
let answers: (XeroOrganisation | AppError)[];
let asked: number;
let saved: string[];
let nowSeconds: number;
let values: Map<string, { value: string; until: number }>;
beforeEach(() => {
  [answers, asked, saved, nowSeconds, values] = [[], 0, [], 0, new Map()];
});

const deps = {
  cache: {
    get: async (key: string) => {
      const found = values.get(key);
      return found && found.until > nowSeconds ? found.value : undefined;
    },
    set: async (key: string, value: string, ttlSeconds: number) => {
      values.set(key, { value, until: nowSeconds + ttlSeconds });
    },
  },
  store: { connections: { saveOrganisation: async (...row: string[]) => void saved.push(row.join()) } },
  xero: {
    getOrganisation: async () => {
      asked += 1;
      const answer = answers.shift() ?? new AppError('internal');
      if (answer instanceof AppError) throw answer;
      return answer;
    },
  },
};
function get(isFresh = false, other: Partial<Connected> = {}) {
  return getOrganisation(deps, { ...connection, ...other }, caller, { isFresh });
}
function bad() {
  return new AppError('xero_invalid_answer');
}

describe('an organisation that cannot be read', () => {
  test('within a minute, Xero is not asked again and the reason is the same', async () => {
    answers = [bad(), organisation];
    await expect(get()).rejects.toMatchObject({ code: 'xero_invalid_answer' });
    for (const second of [1, 30, 59]) {
      nowSeconds = second;
      await expect(get()).rejects.toMatchObject({ code: 'xero_invalid_answer' });
    }
    expect(asked).toBe(1);
    nowSeconds = 60;
    expect([await get(), asked]).toEqual([organisation, 2]);
    expect(saved).toEqual([`w,o,${JSON.stringify(organisation)}`]);
  });

  test('Refresh asks Xero at once', async () => {
    answers = [bad(), organisation];
    await expect(get()).rejects.toMatchObject({ code: 'xero_invalid_answer' });
    expect([await get(true), asked]).toEqual([organisation, 2]);
  });

  test('another organisation is asked for separately', async () => {
    answers = [bad(), { ...organisation, id: 'p' }];
    await expect(get()).rejects.toMatchObject({ code: 'xero_invalid_answer' });
    expect(await get(false, { organisationId: 'p' })).toMatchObject({ id: 'p' });
  });

  test('after other failures, the next view asks Xero again', async () => {
    answers = [new AppError('xero_timeout'), organisation];
    await expect(get()).rejects.toMatchObject({ code: 'xero_timeout' });
    expect([await get(), asked]).toEqual([organisation, 2]);
  });

  test('a stored organisation is never asked for', async () => {
    expect(await get(true, { organisation: JSON.stringify(organisation) })).toEqual(organisation);
    expect(asked).toBe(0);
  });
});
