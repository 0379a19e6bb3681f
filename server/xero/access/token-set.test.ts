import { describe, expect, test } from 'vitest';
import { parseTokenAnswer, parseTokenSet } from './token-set.ts';

const now = new Date('2026-11-22T10:00:00.000Z');
function toJwt(claims: unknown) {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}
const answer = {
  access_token: toJwt({ authentication_event_id: 'an-event' }),
  refresh_token: 'r1',
  expires_in: 1800,
  scope: 'openid offline_access',
};

describe('the answer of the token endpoint', () => {
  test('when it is whole, then it is a token set that survives being stored', () => {
    const tokenSet = parseTokenAnswer(answer, now);
    expect(tokenSet).toEqual({
      accessToken: answer.access_token,
      refreshToken: 'r1',
      expiresAt: '2026-11-22T10:30:00.000Z',
      scope: 'openid offline_access',
      authEventId: 'an-event',
    });
    expect(parseTokenSet(JSON.stringify(tokenSet))).toEqual(tokenSet);
  });

  test('keeps earlier values that a refresh may leave out', () => {
    const previous = parseTokenAnswer(answer, now);
    const next = parseTokenAnswer({ access_token: 'opaque' }, now, previous);
    expect(next).toEqual({ ...previous, accessToken: 'opaque', expiresAt: '2026-11-22T10:30:00.000Z' });
  });

  test.each([
    {},
    null,
    'text',
    { ...answer, access_token: '' },
    { ...answer, refresh_token: undefined },
    { ...answer, expires_in: -1 },
  ])('when it is %o, then it is refused', (raw) => {
    expect(() => parseTokenAnswer(raw, now)).toThrow(expect.objectContaining({ code: 'xero_invalid_answer' }));
  });
});
