import { parseSync } from 'vite';

/** `isStart`: the rest of the name is computed. `isClassName`: it is in a `className`, where every word is a class. */
export type ClassUse = { path: string; name: string; isStart: boolean; isClassName: boolean };

type Node = { type: string; start: number; [member: string]: unknown };
/** `isPart`: of a template. */
type Text = { text: string; isOpen: boolean; isPart: boolean; isClassName: boolean };

/** Words in a component or a page that may be classes: all that a `className` says, and what other texts hold. */
export function listClassUses({ path, text }: { path: string; text: string }): ClassUse[] {
  const texts = path.endsWith('.html') ? listOfPage(text) : listOfComponent(path, text);
  return texts.flatMap(({ text: words, isOpen, isClassName }) => {
    const names = words.split(/[^\w-]+/);
    return names.flatMap((name, place) =>
      name === '' || name.startsWith('-')
        ? []
        : [{ path, name, isStart: isOpen && place === names.length - 1, isClassName }],
    );
  });
}

/** Texts of code that are selectors with a class, as in `form, .open button`. */
export function listClassSelectors({ path, text }: { path: string; text: string }): string[] {
  const texts = listOfComponent(path, text).flatMap(({ text: words, isPart }) => (isPart ? [] : [words]));
  return texts.filter((words) => /(^|[\s,>])\.[a-z][\w-]*($|[\s,:>])/.test(words.replaceAll(/\[[^\]]*\]/g, '[]')));
}

function listOfPage(html: string): Text[] {
  return [...html.matchAll(/class="([^"]*)"/g)].map(([, text = '']) => toText(text, true));
}

function listOfComponent(path: string, source: string): Text[] {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new SyntaxError(`${path} cannot be read: ${errors[0]?.message}`);
  return walk(program, false);
}

function walk(value: unknown, isClassName: boolean): Text[] {
  if (Array.isArray(value)) return value.flatMap((part) => walk(part, isClassName));
  if (!isNode(value) || value.type === 'ImportDeclaration') return [];
  if (value.type === 'Literal') return typeof value.value === 'string' ? [toText(value.value, isClassName)] : [];
  if (value.type === 'TemplateLiteral')
    return [...listQuasis(value, isClassName), ...walk(value.expressions, isClassName)];
  if (value.type === 'BinaryExpression') return walk([value.left, value.right], false);
  if (value.type === 'ConditionalExpression')
    return [...walk(value.test, false), ...walk([value.consequent, value.alternate], isClassName)];
  const isAttribute = value.type === 'JSXAttribute' && isNode(value.name) && value.name.name === 'className';
  return Object.values(value).flatMap((part) => walk(part, isClassName || isAttribute));
}

function toText(text: string, isClassName: boolean): Text {
  return { text, isClassName, isOpen: false, isPart: false };
}

function listQuasis({ quasis }: Node, isClassName: boolean): Text[] {
  const parts = Array.isArray(quasis) ? quasis.filter(isNode) : [];
  return parts.map((part, place) => ({
    text: rawOf(part),
    isClassName,
    isOpen: place < parts.length - 1,
    isPart: true,
  }));
}

function rawOf({ value }: Node): string {
  return value !== null && typeof value === 'object' && 'raw' in value ? String(value.raw) : '';
}

function isNode(value: unknown): value is Node {
  return value !== null && typeof value === 'object' && 'type' in value && 'start' in value;
}
