import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles } from '../list-files.ts';
import { projectRoot } from '../programs/run-command.ts';

const most = 95;
const title = /\b(?:test|describe)(?:\.\w+)?(?:\([^()]*\))?\(\s*(['"`])((?:(?!\1).)*)\1/g;

/** A title fits in a line of the report. */
export async function checkTestTitles(): Promise<string[]> {
  const files = listFiles().filter((file) => /\.test\.tsx?$/.test(file));
  const read = async (file: string) => {
    const titles = findLongTitles(await readFile(join(projectRoot, file), 'utf8'));
    return titles.map((long) => `${file}: a title of ${long.length} characters, ${most} at most: ${long}`);
  };
  return (await Promise.all(files.map(read))).flat();
}

/** The titles in one file's text that are too long. */
export function findLongTitles(text: string): string[] {
  return [...text.matchAll(title)].flatMap(([, , words = '']) => (words.length > most ? [words] : []));
}
