import { expect, test } from 'vitest';
import { hasPathStep } from './path-steps.ts';

const place = 'https://api.xero.com/api.xro/2.0/Invoices/1/Attachments/';
const steps = ['.', '..', '%2e', '%2E%2e', '.%2e', '../..', '..\\x', '.\t.', '..?a=1', '..#a'];
const names = ['a..b', '...', '..a', 'a.', '.gitignore', '%252e%252e', '%2e%2e%2e', 'a?x=/../', 'a#/..', ''];

test('when a path has a step, however it is written, then it is seen, as the URL parser would follow it', () => {
  for (const name of steps) {
    expect([name, hasPathStep(place + name)]).toEqual([name, true]);
    expect(new URL(place + name).pathname.startsWith('/api.xro/2.0/Invoices/1/Attachments/..')).toBe(false);
  }
});

test('when a name only holds dots, then it is none, and the URL parser leaves it where it is', () => {
  for (const name of names) {
    expect([name, hasPathStep(place + name)]).toEqual([name, false]);
    expect(new URL(place + name).pathname).toMatch(/^\/api\.xro\/2\.0\/Invoices\/1\/Attachments\//);
  }
});
