import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles } from '../../list-files.ts';
import { projectRoot } from '../../programs/run-command.ts';

const picture = /```mermaid\n(\w+)([\s\S]*?)```/g;
/** A name of the code, such as `findViewKey`: it begins in lower case and has a capital. */
const codeName = /(?<![\w/.-])[a-z]+[A-Z]\w*/g;

/** Names of functions in the pictures of documents must be names in the code. */
export async function checkPictureNames(): Promise<string[]> {
  const files = listFiles();
  const documents = files.filter((file) => file.endsWith('.md'));
  const sources = files.filter((file) => /^(server|shared|widget)\/.*\.tsx?$/.test(file));
  const read = (file: string) => readFile(join(projectRoot, file), 'utf8');
  const code = (await Promise.all(sources.map(read))).join('\n');
  const known = new Set(code.match(/\w+/g));
  const faults = documents.map(async (file) =>
    findUnknownNames(await read(file), known).map((name) => `${file} draws ${name}, which is no name in the code`),
  );
  return (await Promise.all(faults)).flat();
}

/** The names in a document's pictures that are not known. */
export function findUnknownNames(text: string, known: ReadonlySet<string>): string[] {
  const pictures = [...text.matchAll(picture)].map(([, , drawn = '']) => drawn);
  const names = pictures.flatMap((drawn) => drawn.match(codeName) ?? []);
  return [...new Set(names)].filter((name) => !known.has(name));
}
