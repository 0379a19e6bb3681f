import { describe, expect, test } from 'vitest';
import type { XeroOutcome } from '#server/xero/answers/xero-answer.ts';
import { toWriteProof } from './write-proof.ts';

function answer(status: number, body: unknown = '', headers: Record<string, string> = {}): XeroOutcome {
  return {
    kind: 'answer',
    answer: { status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) },
  };
}
const validation = { ErrorNumber: 10, Type: 'ValidationException', Message: 'A validation exception occurred' };
const refused = answer(400, validation);
const limited = answer(429, '', { 'x-rate-limit-problem': 'minute' });
const html = '<html><body>Bad Request</body></html>';

describe('what the calls of a write prove', () => {
  test.each<[string, XeroOutcome[], ReturnType<typeof toWriteProof>]>([
    ['no call at all', [], 'not_done'],
    [
      'a scope that is missing',
      [answer(401, '', { 'www-authenticate': 'Bearer error="insufficient_scope"' })],
      'not_done',
    ],
    ['it was kept back', [{ kind: 'kept_back', code: 'UNKNOWN' }], 'not_done'],
    ['Xero’s limit', [limited], 'not_done'],
    ['Xero’s limit, twice', [limited, limited], 'not_done'],
    ['a 429 that names no limit', [answer(429)], undefined],
    ['a 503 that names a limit', [answer(503, '', { 'x-rate-limit-problem': 'minute' })], undefined],
    ['Xero’s refusal', [refused], 'refused'],
    ['Xero’s refusal after its limit', [limited, refused], 'refused'],
    ['Xero’s refusal after a 401', [answer(401), refused], 'refused_unless_found'],
    ['a 200 with errors inside', [answer(200, { Invoices: [{ HasErrors: true }] })], 'refused_unless_found'],
    ['a 400 that is a page', [answer(400, html)], undefined],
    ['a 400 of a gateway', [answer(400, { Title: 'Bad Request', Status: 400, Detail: 'No' })], undefined],
    ['a key that was used otherwise', [answer(400, { ErrorNumber: 0, Type: 'BadRequest', Message: 'k' })], undefined],
    ['a 403', [answer(403, { Title: 'Forbidden', Detail: 'AuthorizationUnsuccessful' })], undefined],
    ['a 404', [answer(404)], undefined],
    ['a 409', [answer(409, validation)], undefined],
    ['a 500', [answer(500)], undefined],
    ['a 201', [answer(201, '{}')], undefined],
    ['a timeout', [{ kind: 'timeout', code: 'UNKNOWN' }], undefined],
    ['a lost connection after a limit', [limited, { kind: 'network', code: 'ECONNRESET' }], undefined],
  ])('when there was %s, then it is known', (_name, outcomes, proof) => {
    expect(toWriteProof(outcomes)).toBe(proof);
  });
});
