import { format } from 'node:util';
import { afterEach } from 'vitest';

/** Loaded before every test file: a call of console.error fails the test, unless the test replaces it. */
const strays: string[] = [];
const original = console.error;

console.error = (...parts: unknown[]) => {
  strays.push(format(...parts));
  original(...parts);
};

afterEach(() => {
  const lines = strays.splice(0);
  if (lines.length > 0) throw new Error(`console.error was called:\n${lines.join('\n')}`);
});
