import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles } from '../list-files.ts';
import { projectRoot } from '../programs/run-command.ts';

/** House style: most files under 60 lines, none over 300. */
const mostLines = 300;

export async function checkFileLength(): Promise<string[]> {
  const files = listFiles().filter((file) => /\.(ts|tsx|css)$/.test(file));
  const lengths = await Promise.all(files.map(async (file) => ({ file, lines: await countLines(file) })));
  return lengths
    .filter(({ lines }) => lines > mostLines)
    .map(({ file, lines }) => `${file} has ${lines} lines, ${mostLines} at most`);
}

async function countLines(file: string): Promise<number> {
  const text = await readFile(join(projectRoot, file), 'utf8');
  return text.split('\n').length - 1;
}
