import { posix } from 'node:path';
import { parseSync } from 'vite';

/** One import of a file. `isType` is true when only types are imported, so that no code of it runs. */
export type Import = { specifier: string; isType: boolean };

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
    const literal = /^(['"`])([^'"`$]+)\1$/.exec(text.slice(start, end));
    return literal?.[2] === undefined ? [] : [{ specifier: literal[2], isType: false }];
  });
  return [...imported, ...exported, ...dynamic, ...listTypeImports(program)];
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
  if (path.startsWith('#')) return path.slice(1);
  if (path.startsWith('.')) return posix.normalize(posix.join(posix.dirname(file), path));
  return undefined;
}
