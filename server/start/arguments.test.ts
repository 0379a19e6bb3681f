import { expect, test } from 'vitest';
import { ConfigError } from '#server/config.ts';
import { withArguments } from './arguments.ts';

test('--role stands for the variable ROLE, and wins over it', () => {
  expect(withArguments({ ROLE: 'web', PORT: '1' }, ['--role', 'worker'])).toEqual({ ROLE: 'worker', PORT: '1' });
  expect(withArguments({ PORT: '1' }, ['--role=all'])).toEqual({ ROLE: 'all', PORT: '1' });
  expect(withArguments({ ROLE: 'web' }, [])).toEqual({ ROLE: 'web' });
});

test.each([[['--rolle', 'web']], [['worker']], [['--role']]])('refuses other arguments: %j', (args) => {
  expect(() => withArguments({}, args)).toThrow(ConfigError);
});
