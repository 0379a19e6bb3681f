import { DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import { isPostgresAway } from './error.ts';

const stateError = (code: string): DatabaseError => Object.assign(new DatabaseError('x', 1, 'error'), { code });

test.each(['08006', '53300', '57P01', '57014', '58030', '25006', '40001', '40P01', '55P03', '3D000', '28P01'])(
  'when the server answers %s, then it counts as away',
  (code) => {
    expect(isPostgresAway(stateError(code))).toBe(true);
  },
);

test.each(['23505', '42P01', '22021', '42601', '25P02'])('when it answers %s, then the code is at fault', (code) => {
  expect(isPostgresAway(stateError(code))).toBe(false);
});

test('when the driver itself gives up, then the server counts as away', () => {
  expect(isPostgresAway(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isPostgresAway(new TypeError('cannot serialise'))).toBe(false);
});
