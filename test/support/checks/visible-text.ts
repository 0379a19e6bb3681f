import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { listFiles } from '../list-files.ts';
import { projectRoot } from '../programs/run-command.ts';

/** Attributes and props whose text people see or hear. */
const spoken = /^(aria-(label|description|valuetext|roledescription)|alt|placeholder|title|label|subtitle|.+Label)$/;
const letters = /\p{L}/u;
/** A capital letter and more than one word, which no class name, selector or code has. */
const sentence = /^\p{Lu}\S*[\p{L}’] \S*\p{L}/u;

/** Text for people must be in its feature's `words.ts`, so that a second language is one file per feature. */
export async function checkVisibleText(): Promise<string[]> {
  const files = listFiles().filter((file) => /^widget\/.*(?<!\.test)\.tsx$/.test(file));
  return (await Promise.all(files.map(listFaultsOf))).flat();
}

async function listFaultsOf(file: string): Promise<string[]> {
  const found = findVisibleText(file, await readFile(join(projectRoot, file), 'utf8'));
  return found.map(({ line, text }) => `${file}:${line} has “${text}”: move it to a words.ts`);
}

type Found = { line: number; text: string };
type Node = { type: string; start: number; [member: string]: unknown };

/** The text in a component that people see or hear, with its line. */
export function findVisibleText(file: string, source: string): Found[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new SyntaxError(`${file} cannot be read: ${errors[0]?.message}`);
  const lineOf = (offset: number) => source.slice(0, offset).split('\n').length;
  const texts = new Map<number, Found>();
  for (const { start, text } of walk(program)) {
    texts.set(start, { line: lineOf(start), text: text.trim().replace(/\s+/g, ' ') });
  }
  return [...texts.values()];
}

type Text = { start: number; text: string };

function walk(value: unknown): Text[] {
  if (Array.isArray(value)) return value.flatMap(walk);
  if (!isNode(value) || value.type === 'ImportDeclaration') return [];
  const within = Object.values(value).flatMap(walk);
  switch (value.type) {
    case 'JSXText':
      return [...toText(value, value.value, letters), ...within];
    case 'JSXAttribute':
      return [...(isSpoken(value.name) ? readShown(value.value) : []), ...within];
    case 'JSXElement':
    case 'JSXFragment':
      return [...readShown(value.children), ...within];
    case 'Literal':
      return [...toText(value, value.value, sentence), ...within];
    case 'TemplateLiteral':
      return [...listQuasis(value, sentence), ...within];
    default:
      return within;
  }
}

function isSpoken(name: unknown): boolean {
  return isNode(name) && typeof name.name === 'string' && spoken.test(name.name);
}

/** The literal values that an expression may have: text, both sides of a condition, a template. */
function readShown(value: unknown): Text[] {
  if (Array.isArray(value)) return value.flatMap(readShown);
  if (!isNode(value)) return [];
  switch (value.type) {
    case 'JSXExpressionContainer':
      return readShown(value.expression);
    case 'ConditionalExpression':
      return readShown([value.consequent, value.alternate]);
    case 'LogicalExpression':
    case 'BinaryExpression':
      return /^([=!]=|[<>])/.test(String(value.operator)) ? [] : readShown([value.left, value.right]);
    case 'Literal':
      return toText(value, value.value, letters);
    case 'TemplateLiteral':
      return listQuasis(value, letters);
    default:
      return [];
  }
}

function listQuasis({ quasis }: Node, form: RegExp): Text[] {
  return Array.isArray(quasis)
    ? quasis.flatMap((part) => (isNode(part) ? toText(part, cookedOf(part), form) : []))
    : [];
}

function cookedOf({ value }: Node): unknown {
  return value !== null && typeof value === 'object' && 'cooked' in value ? value.cooked : undefined;
}

function toText({ start }: Node, text: unknown, form: RegExp): Text[] {
  return typeof text === 'string' && form.test(text) ? [{ start, text }] : [];
}

function isNode(value: unknown): value is Node {
  return value !== null && typeof value === 'object' && 'type' in value && 'start' in value;
}
