import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { listFiles } from '../list-files.ts';
import { projectRoot } from '../programs/run-command.ts';

/** Where the rule holds. */
const rooms = /^(shared|server|widget|test)\/.*\.tsx?$/;

/**
 * A function of a module is a declaration, so that the main thing comes first and what it uses after it. Functions within
 * functions may be arrows, and a constant may be one where its type says what it is.
 */
export async function checkFunctionStyle(): Promise<string[]> {
  return (
    await Promise.all(
      listFiles()
        .filter((file) => rooms.test(file))
        .map(listFaultsOf),
    )
  ).flat();
}

async function listFaultsOf(file: string): Promise<string[]> {
  const found = findFunctionConstants(file, await readFile(join(projectRoot, file), 'utf8'));
  return found.map(({ line, name }) => `${file}:${line} writes the function ${name} as a constant: declare it`);
}

type Found = { line: number; name: string };

/** Constants of a module that are functions and have no type of their own. */
export function findFunctionConstants(file: string, source: string): Found[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new SyntaxError(`${file} cannot be read: ${errors[0]?.message}`);
  return program.body.flatMap((statement) => {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declared?.type !== 'VariableDeclaration') return [];
    return declared.declarations.flatMap(({ id, init, start }) => {
      const isFunction = init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression';
      if (!isFunction || id.type !== 'Identifier' || id.typeAnnotation) return [];
      return [{ line: source.slice(0, start).split('\n').length, name: id.name }];
    });
  });
}
