import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles } from '../list-files.ts';
import { projectRoot } from '../programs/run-command.ts';

/** The only file that may use timers freely. */
const clockFile = 'server/clock.ts';
const timer = /\b(setTimeout|setInterval)\(/;
const reason = '// Real time:';

/**
 * Everything waits on the clock, which tests move. A timer in real time needs a reason within the two lines above it.
 */
export async function checkTimers(): Promise<string[]> {
  const files = listFiles().filter((file) => /^(server|test)\/.*\.ts$/.test(file) && file !== clockFile);
  return (await Promise.all(files.map(listFaultsOf))).flat();
}

async function listFaultsOf(file: string): Promise<string[]> {
  return findTimers(await readFile(join(projectRoot, file), 'utf8')).map((fault) => `${file}${fault}`);
}

/** Lists the faults in one file's text, with their lines. Tests must not sleep. */
export function findTimers(text: string): string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    if (/from '(node:)?timers\/promises'/.test(line)) return [`:${index + 1} sleeps by itself: use the clock`];
    const hasReason = lines.slice(Math.max(0, index - 2), index).some((above) => above.includes(reason));
    return timer.test(line) && !hasReason ? [`:${index + 1} has a timer without "${reason} …" above it`] : [];
  });
}
