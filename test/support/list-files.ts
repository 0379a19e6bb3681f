import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './programs/run-command.ts';

/** Folders that git ignores. */
const notOurs = new Set(['node_modules', 'dist', 'data', 'generated']);

/** Lists our files in the checkout, as sorted paths from its root with `/`. Leaves out hidden folders. */
export function listFiles(folder = ''): string[] {
  return readdirSync(join(projectRoot, folder), { withFileTypes: true })
    .filter(({ name }) => !notOurs.has(name) && !name.startsWith('.'))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? listFiles(path) : [path];
    })
    .sort();
}
