import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { listFiles } from '../list-files.ts';
import { projectRoot } from '../programs/run-command.ts';

/** Attributes and props whose text people see or hear. */
const spoken = /^(aria-(label|description|valuetext|roledescription)|alt|placeholder|title|label|subtitle|.+Label)$/;
const letters = /\p{L}/u;
/** A capital letter and more than one word, which no class name, selector or code has. */
const sentence = /^(\p{Lu}\S*[\p{L}’]|A) \S*\p{L}/u;

/** Where text for people is made: the widget, and the server's pages, answers, exports and notes. */
const rooms = /^(widget|server\/(http\/(pages|routes)|identity|use-cases))\//;
/** Catalogues of words, tests, and how the widget is built. */
const exempt = /(^|\/)([\w-]+-)?words\.ts$|\.(test|fixture)\.tsx?$|vite\.config\.ts$|\.d\.ts$/;

/**
 * Text for people must be in a `words.ts` or `…-words.ts` of its room, so that a second language is one file per
 * feature. Not text for people: what is logged (the arguments of `log.warn(…)` and the like), and the messages of
 * errors for developers (the arguments of `new Error(…)` and the like). The details of an `AppError` are for people.
 */
export async function checkVisibleText(): Promise<string[]> {
  const files = listFiles().filter((file) => hasVisibleText(file));
  return (await Promise.all(files.map(listFaultsOf))).flat();
}

/** Whether text for people in this file is a fault. */
export function hasVisibleText(file: string): boolean {
  return rooms.test(file) && /\.tsx?$/.test(file) && !exempt.test(file);
}

async function listFaultsOf(file: string): Promise<string[]> {
  const found = findVisibleText(file, await readFile(join(projectRoot, file), 'utf8'));
  return found.map(({ line, text }) => `${file}:${line} has “${text}”: move it to a words.ts`);
}

type Found = { line: number; text: string };
type Node = { type: string; start: number; [member: string]: unknown };

/** The text in a file that people see or hear, with its line. */
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
  if (!isNode(value) || value.type === 'ImportDeclaration' || isForDevelopers(value)) return [];
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
    case 'TaggedTemplateExpression':
      return [...readMarkup(value), ...within];
    default:
      return within;
  }
}

/** A call of a log, or a new error that is not an `AppError`. */
function isForDevelopers({ type, callee }: Node): boolean {
  if (!isNode(callee)) return false;
  if (type === 'NewExpression') return /Error$/.test(nameOf(callee)) && nameOf(callee) !== 'AppError';
  const { property } = callee;
  return type === 'CallExpression' && isNode(property) && /^(debug|info|warn|error|fatal)$/.test(nameOf(property));
}

function nameOf({ name }: Node): string {
  return typeof name === 'string' ? name : '';
}

/** The text between the tags of a template of HTML. */
function readMarkup({ tag, quasi, start }: Node): Text[] {
  if (!isNode(tag) || nameOf(tag) !== 'html' || !isNode(quasi) || !Array.isArray(quasi.quasis)) return [];
  const markup = quasi.quasis.map((part) => (isNode(part) ? cookedOf(part) : '')).join('…');
  return [{ start, text: markup.replace(/<[^>]*>/g, ' ') }].filter(({ text }) => letters.test(text));
}

function isSpoken(name: unknown): boolean {
  return isNode(name) && spoken.test(nameOf(name));
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
