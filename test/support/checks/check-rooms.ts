import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { listFiles } from '../list-files.ts';
import { projectRoot } from '../programs/run-command.ts';
import { type Import, listHiddenImports, listImports, resolveImport } from './list-imports.ts';
import { type Room, rooms } from './rooms.ts';

/**
 * Lists imports that the table of rooms forbids, and circles of rooms that import each other. Checks the resolved file
 * of each import: relative, alias, type-only or dynamic.
 */
export async function checkRooms(): Promise<string[]> {
  const paths = listFiles().filter((file) => /^(shared|server|widget|test)\/.*\.(ts|tsx)$/.test(file));
  const files = await Promise.all(
    paths.map(async (file) => ({ file, text: await readFile(join(projectRoot, file), 'utf8') })),
  );
  const forbidden = files.flatMap(({ file, text }) => findForbiddenImports(file, text));
  return [...forbidden, ...findCircles(files), ...findUnusedPermissions(files, rooms)];
}

/** A test beside its file, or a file used only by such tests. */
function isTestFile(file: string): boolean {
  return /\.(test|fixture)\.tsx?$/.test(file);
}

/** Lists what is wrong with the imports of a file with this path and text. */
export function findForbiddenImports(file: string, text: string): string[] {
  const room = findRoom(file);
  if (!room) return [`${file} is in no room of the table`];
  if (isTestFile(file) && room.testImports === undefined) return [];
  const hidden = isProduct(file) && !loadsByName.has(file) ? listHiddenImports(file, text) : [];
  const faults = listImports(file, text).flatMap((found) => {
    const reason = judge(room, file, found);
    return reason === undefined ? [] : [`${file} imports ${found.specifier}: ${reason}`];
  });
  return [...faults, ...hidden.map((call) => `${file} has ${call}: an import names its file as one literal`)];
}

/**
 * The first takes the axios instance that belongs to xero-node, which only Node's own resolution finds. The second loads
 * a script from the server's address.
 */
const loadsByName: ReadonlySet<string> = new Set([
  'server/xero/calling/axios-interceptor.ts',
  'widget/embed/widget-element.ts',
]);

function isProduct(file: string): boolean {
  return !file.startsWith('test/') && !isTestFile(file);
}

type Crossing = { from: string; to: string; import: string };

/**
 * Lists the product's imports that close a circle of rooms. Types may be imported in a circle, because they run no
 * code.
 */
export function findCircles(files: readonly { file: string; text: string }[]): string[] {
  const crossings = files.filter(({ file }) => isProduct(file)).flatMap(({ file, text }) => listCrossings(file, text));
  const reached = new Map<string, ReadonlySet<string>>();
  return crossings
    .filter(({ from, to }) => reachFrom(to).has(from))
    .map((one) => `${one.import}: ${one.from} and ${one.to} import each other, perhaps through other rooms`);

  /** The room itself and every room that its code imports, directly or through others. */
  function reachFrom(room: string): ReadonlySet<string> {
    const known = reached.get(room);
    if (known) return known;
    const found = new Set([room]);
    for (const one of found) for (const { from, to } of crossings) if (from === one) found.add(to);
    reached.set(room, found);
    return found;
  }
}

/** What every room of a family may import, whether it does or not. */
const general: ReadonlySet<string> = new Set(['shared/*', 'shared', 'server', 'widget', 'widget/lib']);

/** Lists the rooms of the server that a room may import by its own line in the table, and does not. */
export function findUnusedPermissions(
  files: readonly { file: string; text: string }[],
  table: readonly Room[],
): string[] {
  const crossings = files.filter(({ file }) => isProduct(file)).flatMap(({ file, text }) => listCrossings(file, text));
  return table.flatMap(({ path, imports = [] }) => {
    const used = crossings.filter(({ from }) => from === path).map(({ to }) => to);
    return imports
      .filter((entry) => path.startsWith('server') && !general.has(entry))
      .filter((entry) => !used.some((room) => isMatched([entry], room)))
      .map((entry) => `${path} need not be allowed to import ${entry}: no code of it does`);
  });
}

function listCrossings(file: string, text: string): Crossing[] {
  const from = findRoom(file)?.path;
  return listImports(file, text).flatMap(({ specifier, isType }) => {
    const target = resolveImport(file, specifier);
    const to = target === undefined || isType ? undefined : findRoom(target)?.path;
    if (from === undefined || to === undefined || from === to) return [];
    return [{ from, to, import: `${file} imports ${specifier}` }];
  });
}

function findRoom(file: string): Room | undefined {
  const holding = rooms.filter(
    ({ path }) => file.startsWith(`${path}/`) && (path.includes('/') || isDirectlyIn(path, file)),
  );
  return holding.sort((a, b) => b.path.length - a.path.length)[0];
}

/** A room of the top level holds only its own files. A new folder in it needs a room of its own. */
function isDirectlyIn(path: string, file: string): boolean {
  return !file.slice(path.length + 1).includes('/');
}

function judge(room: Room, file: string, { specifier, isType }: Import): string | undefined {
  const target = resolveImport(file, specifier);
  if (target === undefined) return judgePackage(room, specifier);
  if (isProduct(file) && isTestFile(target)) return 'only tests may import a test or its fixtures';
  const isRelative = specifier.startsWith('.');
  const other = findRoom(target);
  if (!other) return isRelative ? undefined : 'it is in no room of the table';
  if (other === room) return isRelative ? undefined : 'imports within a room are relative';
  const allowed = [...(room.imports ?? []), ...(isTestFile(file) ? (room.testImports ?? []) : [])];
  if (!isMatched(allowed, other.path)) {
    if (!isMatched(room.types, other.path)) return `${room.path} may not import ${other.path}`;
    if (!isType) return `${room.path} may import only types of ${other.path}`;
  }
  return isRelative && !isToolConfig(file) ? 'imports between rooms begin with #' : undefined;
}

/** Vite reads its configuration before it knows the aliases. */
function isToolConfig(file: string): boolean {
  return file.endsWith('.config.ts');
}

function judgePackage(room: Room, specifier: string): string | undefined {
  if (isBuiltin(specifier) || room.packages === undefined) return undefined;
  const [scope = '', name = ''] = specifier.split('/');
  const wanted = scope.startsWith('@') ? `${scope}/${name}` : scope;
  return isMatched(room.packages, wanted) ? undefined : `${room.path} may not import the package ${wanted}`;
}

/** `a/*` matches `a` and everything that begins with `a/`. */
function isMatched(allowed: readonly string[] = [], name: string): boolean {
  return allowed.some((entry) => {
    const start = entry.endsWith('/*') ? entry.slice(0, -2) : undefined;
    return entry === name || (start !== undefined && (name === start || name.startsWith(`${start}/`)));
  });
}
