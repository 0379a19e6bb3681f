import { posix } from 'node:path';
import { parseSync } from 'vite';

/** One import of a file. `isType` is true when only types are imported, so that no code of it runs. */
export type Import = { specifier: string; isType: boolean };

const literalForm = /^(['"`])([^'"`$]+)\1$/;

/** Every import of a TypeScript or JavaScript file: static, re-exporting, type-only, dynamic and `import('…').Type`. */
export function listImports(file: string, text: string): Import[] {
  const { module, program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new SyntaxError(`${file} cannot be read: ${errors[0]?.message}`);
  const isType = (entries: readonly { isType: boolean }[]) =>
    entries.length > 0 && entries.every((entry) => entry.isType);
  const imported = module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    isType: isType(entries),
  }));
  const exported = module.staticExports.flatMap(({ entries }) => {
    const specifier = entries.find(({ moduleRequest }) => moduleRequest)?.moduleRequest?.value;
    return specifier === undefined ? [] : [{ specifier, isType: isType(entries) }];
  });
  const dynamic = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
    const literal = literalForm.exec(text.slice(start, end));
    return literal?.[2] === undefined ? [] : [{ specifier: literal[2], isType: false }];
  });
  return [...imported, ...exported, ...dynamic, ...listEmptyExports(program.body), ...listTypeImports(program)];
}

/** `export {} from './a.ts'` exports nothing, but runs the file. */
function listEmptyExports(body: readonly { type: string }[]): Import[] {
  return body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration' || !('source' in statement) || !('specifiers' in statement))
      return [];
    const { source, specifiers } = statement;
    const isEmpty = Array.isArray(specifiers) && specifiers.length === 0;
    return isEmpty && isValue(source) ? [{ specifier: String(source.value), isType: false }] : [];
  });
}

function isValue(node: unknown): node is { value: unknown } {
  return node !== null && typeof node === 'object' && 'value' in node;
}

/**
 * Ways to load a file whose name no check can read: `import()` of anything but one literal, `import.meta.glob`,
 * `require` and `createRequire`.
 */
export function listHiddenImports(file: string, text: string): string[] {
  const { module, program } = parseSync(file, text);
  const dynamic = module.dynamicImports
    .map(({ moduleRequest: { start, end } }) => text.slice(start, end))
    .filter((request) => !literalForm.test(request));
  return [...dynamic.map((request) => `import(${request})`), ...listRequires(program)];
}

const loaders: ReadonlySet<unknown> = new Set(['require', 'createRequire', 'glob', 'globEager']);

function listRequires(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(listRequires);
  if (node === null || typeof node !== 'object') return [];
  const within = Object.values(node).flatMap(listRequires);
  if ('type' in node && node.type === 'TSExternalModuleReference') return ['import = require()', ...within];
  if (!('type' in node) || node.type !== 'CallExpression' || !('callee' in node)) return within;
  const name = nameOfCallee(node.callee);
  return loaders.has(name) ? [`${name}()`, ...within] : within;
}

/** `f` of `f()`, and `glob` of `import.meta.glob()`. Methods of other objects have no name here. */
function nameOfCallee(callee: unknown): unknown {
  if (callee === null || typeof callee !== 'object') return undefined;
  if ('name' in callee) return callee.name;
  const isMeta =
    'object' in callee &&
    callee.object !== null &&
    typeof callee.object === 'object' &&
    'type' in callee.object &&
    callee.object.type === 'MetaProperty';
  return isMeta && 'property' in callee ? nameOfCallee(callee.property) : undefined;
}

/** `type A = import('./a.ts').A` is not in the list of a module's imports. */
function listTypeImports(node: unknown): Import[] {
  if (Array.isArray(node)) return node.flatMap(listTypeImports);
  if (node === null || typeof node !== 'object') return [];
  const members = Object.values(node).flatMap(listTypeImports);
  const isTypeImport = 'type' in node && node.type === 'TSImportType' && 'source' in node;
  const source: unknown = isTypeImport ? node.source : undefined;
  if (source === null || typeof source !== 'object' || !('value' in source)) return members;
  return [{ specifier: String(source.value), isType: true }, ...members];
}

/** The file that an import refers to, as a path from the root of the checkout; undefined for a package. */
export function resolveImport(file: string, specifier: string): string | undefined {
  const path = specifier.replace(/\?.*$/, '');
  if (path.startsWith('#')) return posix.normalize(path.slice(1));
  if (path.startsWith('.')) return posix.normalize(posix.join(posix.dirname(file), path));
  return undefined;
}
