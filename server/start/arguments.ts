import { parseArgs } from 'node:util';
import { ConfigError } from '#server/config.ts';

/** The environment with what the command line says: `--role` stands for the variable ROLE. */
export function withArguments(env: NodeJS.ProcessEnv, args: readonly string[]): NodeJS.ProcessEnv {
  const role = parseRole(args);
  return role === undefined ? env : { ...env, ROLE: role };
}

function parseRole(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { role: { type: 'string' } } }).values.role;
  } catch (cause) {
    const message = 'Ledgerside cannot start:\n  the only argument is --role web, --role worker or --role all';
    throw new ConfigError(message, { cause });
  }
}
