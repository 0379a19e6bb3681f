import { expect, test } from 'vitest';
import { hasPathStep } from './path-steps.ts';

const place = 'https://api.xero.com/api.xro/2.0/Invoices/1/Attachments/';
const steps = ['.', '..', '%2e', '%2E%2e', '.%2e', '../..', '..\\x', '.\t.', '..?a=1', '..#a'];
const names = ['a..b', '...', '..a', 'a.', '.gitignore', '%252e%252e', '%2e%2e%2e', 'a?x=/../', 'a#/..', ''];

test('finds a path step in any spelling, as the URL parser resolves it', () => {
  for (const name of steps) {
    expect([name, hasPathStep(place + name)]).toEqual([name, true]);
    expect(new URL(place + name).pathname.startsWith('/api.xro/2.0/Invoices/1/Attachments/..')).toBe(false);
  }
});

test('a name that only contains dots is not a path step', () => {
  for (const name of names) {
    expect([name, hasPathStep(place + name)]).toEqual([name, false]);
    expect(new URL(place + name).pathname).toMatch(/^\/api\.xro\/2\.0\/Invoices\/1\/Attachments\//);
  }
});
