import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { listFiles } from '../../list-files.ts';
import { projectRoot } from '../../programs/run-command.ts';

/** README's table must have a sentence for every folder, also for one that holds only folders, and no other rows. */
export async function checkFolderTable(): Promise<string[]> {
  return findFolderFaults(listFiles(), await readFile(join(projectRoot, 'README.md'), 'utf8'));
}

export function findFolderFaults(files: readonly string[], readme: string): string[] {
  const folders = new Set(files.flatMap(listFoldersOf));
  const listed = new Set([...readme.matchAll(/^\| `([\w./-]+)\/` \| \S/gm)].map(([, folder]) => folder ?? ''));
  return [
    ...[...folders]
      .filter((folder) => !listed.has(folder))
      .map((folder) => `README.md lacks a sentence for ${folder}/`),
    ...[...listed]
      .filter((folder) => !folders.has(folder))
      .map((folder) => `README.md lists ${folder}/, which has no files`),
  ];
}

/** The folder of a file, and the folders around it. */
function listFoldersOf(file: string): string[] {
  const folder = posix.dirname(file);
  return folder === '.' ? [] : [folder, ...listFoldersOf(folder)];
}
