import { ts } from '@ts-morph/common';

/**
 * Node's loader uses this module twice: `resolve` is a hook that puts the module itself in the place of `typescript`.
 * openapi-typescript needs the JavaScript interface of TypeScript, which version 7 does not have. ts-morph brings an
 * older compiler with it.
 */
export function resolve(specifier, context, next) {
  return specifier === 'typescript' ? { url: import.meta.url, shortCircuit: true } : next(specifier, context);
}

// biome-ignore lint/style/noDefaultExport: openapi-typescript imports the default.
export default ts;
