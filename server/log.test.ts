import { expect, test } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { buildLog, describeError } from './log.ts';

test('logs kind, code and place of an error that quotes data, not its text', () => {
  const lines: string[] = [];
  const log = buildLog({ level: 'trace', base: null }, { write: (line: string) => lines.push(line) });
  const cause = Object.assign(new SyntaxError('Unexpected token N, "Nora Lindqvist" is not valid JSON'), {
    code: 'E1',
  });
  const detail = 'The contact name Nora Lindqvist is already assigned';
  const extension = { contact: { name: 'Nora Lindqvist' } };
  const errors = [{ path: 'name', message: detail }];
  log.error({ err: new AppError('xero_rejected', { cause, detail, extension, errors }) }, 'unexpected error');
  log.error({ err: 'Nora Lindqvist' });
  expect(lines.join('')).not.toContain('Nora');
  const [first = ''] = lines;
  expect(JSON.parse(first)).toMatchObject({
    err: { type: 'AppError', code: 'xero_rejected', cause: { type: 'SyntaxError', code: 'E1' } },
  });
  expect(JSON.parse(first).err.frames[0]).toMatch(/^at .*log\.test\.ts/);
});

test('keeps the text of runtime errors and our own', () => {
  expect(describeError(new TypeError('x is not a function'))?.message).toBe('x is not a function');
  expect(describeError(new Error('the built frame has no place'))?.message).toBe('the built frame has no place');
});

test('when causes go in a circle, then the description ends', () => {
  const error = new Error('a');
  error.cause = error;
  expect(JSON.stringify(describeError(error)).length).toBeLessThan(20_000);
});
