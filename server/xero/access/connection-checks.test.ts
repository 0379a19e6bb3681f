import { expect, test } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { buildCheckConnection } from './connection-checks.ts';
import type { AccessToken } from './tokens.ts';

const organisationId = '0a0b0c0d-0000-4000-8000-000000000001';
const caller = { workspaceId: 'fieldnote', organisationId, priority: 'background' as const };

/** Xero accepts the last of these tokens, or none. The store gives one after the other as each expires. */
function checkWith({ tokens, accepted }: { tokens: readonly string[]; accepted: string | undefined }) {
  const marked: string[] = [];
  let current = 0;
  const read = (): AccessToken => ({ token: tokens[current] ?? '', version: current });
  const list = async (accessToken: string) => {
    // The machine was suspended: the token has expired when Xero reads it.
    if (accessToken !== accepted) current = Math.min(tokens.indexOf(accessToken) + 1, tokens.length - 1);
    if (accessToken !== accepted) throw new AppError('xero_unauthorized');
    return { connections: [{ id: 'c', tenantId: organisationId, tenantName: null }], isWhole: true };
  };
  const check = buildCheckConnection(
    {
      ...{ config: { scopes: [] }, clock: { now: () => new Date() } },
      connections: { list, remove: async () => true },
      tokens: { getAccessToken: async () => read(), refreshNow: async () => read() },
      store: { connections: { markReconnectNeeded: async () => Boolean(marked.push('lost')) } },
      log: { error: () => undefined },
    } as unknown as Parameters<typeof buildCheckConnection>[0],
    async () => undefined,
  );
  return { check: () => check(caller, { isDoubted: false }), marked };
}

test('a connection is kept when the new token expired as well, because the machine was suspended', async () => {
  const { check, marked } = checkWith({ tokens: ['old', 'new', 'newest'], accepted: 'newest' });
  await check();
  expect(marked).toEqual([]);
});

test('a connection is lost when a token that has not expired is refused', async () => {
  const { check, marked } = checkWith({ tokens: ['old', 'new'], accepted: undefined });
  await expect(check()).rejects.toMatchObject({ code: 'reconnect_needed' });
  expect(marked).toEqual(['lost']);
});
