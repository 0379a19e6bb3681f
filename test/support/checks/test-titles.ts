import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { listFiles } from '../list-files.ts';
import { projectRoot } from '../programs/run-command.ts';

const most = 95;

/** A title fits in a line of the report. */
export async function checkTestTitles(): Promise<string[]> {
  const read = async (file: string) => {
    const text = await readFile(join(projectRoot, file), 'utf8');
    const titles = hasTitles(file, text) ? findLongTitles(file, text) : [];
    return titles.map((long) => `${file}: a title of ${long.length} characters, ${most} at most: ${long}`);
  };
  const files = listFiles().filter((file) => /\.tsx?$/.test(file));
  return (await Promise.all(files.map(read))).flat();
}

const importsTests = /import \{[^}]*\b(?:test|describe)\b[^}]*\} from 'vitest'/;

/** Tests also stand in suites that several files of tests run. */
export function hasTitles(file: string, text: string): boolean {
  return /\.test\.tsx?$/.test(file) || importsTests.test(text);
}

type Node = { type: string; start: number; end: number; [member: string]: unknown };

/** The titles in one file's text that are too long, however `test` or `describe` is called. */
export function findLongTitles(file: string, text: string): string[] {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new SyntaxError(`${file} cannot be read: ${errors[0]?.message}`);
  return listNodes(program).flatMap((node) => {
    const title = node.type === 'CallExpression' && isTestCall(node) ? findTitle(node, text) : undefined;
    return title !== undefined && title.length > most ? [title] : [];
  });
}

/** The node and everything in it, in the order of the text. */
function listNodes(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(listNodes);
  if (!isNode(value)) return [];
  return [value, ...Object.values(value).flatMap(listNodes)];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** `test(`, `test.each(…)(`, `describe.concurrent.each(…)(` and the like: what is called begins with either name. */
function isTestCall({ callee }: Node): boolean {
  let called = callee;
  while (isNode(called) && called.type !== 'Identifier') called = called.callee ?? called.tag ?? called.object;
  return isNode(called) && (called.name === 'test' || called.name === 'describe');
}

/** The first argument, if it is a text. A template is taken as it is written. */
function findTitle({ arguments: given }: Node, text: string): string | undefined {
  const first: unknown = Array.isArray(given) ? given[0] : undefined;
  if (!isNode(first)) return undefined;
  if (first.type === 'TemplateLiteral') return text.slice(first.start + 1, first.end - 1);
  return typeof first.value === 'string' ? first.value : undefined;
}
