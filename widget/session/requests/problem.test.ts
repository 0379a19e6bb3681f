import { expect, test } from 'vitest';
import { parseProblem } from './problem.ts';

test('when the answer is a problem document, then all its members are kept', () => {
  const problem = {
    type: 'about:blank',
    title: 'A Xero contact with this name already exists',
    code: 'contact_exists',
    requestId: 'r-1',
    contact: { id: 'c', name: 'Acme', url: null, email: null, accountNumber: null },
  };
  expect(parseProblem(409, JSON.stringify(problem))).toMatchObject({
    code: 'contact_exists',
    requestId: 'r-1',
    status: 409,
    contact: { name: 'Acme' },
  });
});

test.each([
  [502, '<html>Bad gateway</html>', 'unavailable'],
  [504, '', 'unavailable'],
  [500, '{"code":"made_up","requestId":"r"}', 'internal'],
  [404, 'null', 'internal'],
])('when a %i answer is not a problem document, then the status decides', (status, text, code) => {
  expect(parseProblem(status, text)).toEqual({ code, requestId: null, status });
});
