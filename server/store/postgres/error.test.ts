import { DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import { isPostgresAway } from './error.ts';

function stateError(code: string): DatabaseError {
  return Object.assign(new DatabaseError('x', 1, 'error'), { code });
}

test.each(['08006', '53300', '57P01', '57014', '58030', '25006', '40001', '40P01', '55P03', '3D000', '28P01'])(
  'answer %s counts as unavailable',
  (code) => {
    expect(isPostgresAway(stateError(code))).toBe(true);
  },
);

test.each(['23505', '42P01', '22021', '42601', '25P02'])('answer %s is our own bug', (code) => {
  expect(isPostgresAway(stateError(code))).toBe(false);
});

test('the driver’s own timeout counts as unavailable', () => {
  expect(isPostgresAway(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isPostgresAway(new TypeError('cannot serialise'))).toBe(false);
});
