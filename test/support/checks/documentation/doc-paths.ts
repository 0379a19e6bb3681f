import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { listFiles } from '../../list-files.ts';
import { projectRoot } from '../../programs/run-command.ts';

/** `paths`: files and folders of the checkout. `names`: file names without folders. */
type Tree = { has(path: string): boolean; names: ReadonlySet<string> };

const readable = /\.(ts|tsx|js|mjs|css|json|md|html|vue|sh)$/;
const citation = /(?<![\w:/.@-])((?:[\w.][\w.-]*\/)*\w[\w.-]*\.md)\b/g;
/** A decision record mentioned by name only. Links to records are checked as links. */
const record = /^\d{4}-/;
const link = /\]\(([^)\s]+)\)/g;
const path = /(?<![\w:/.@#*-])((?:[\w.-]+\/)+[\w.-]*\w\.(?:tsx?|m?js|css|json|html|vue|sh|php|py|rb|go))\b/g;
const folder = /`((?:[\w.-]+\/)+)`/g;
const fileName = /`([\w.-]+\.(?:tsx?|css))`/g;

/** Documents that are cited and paths that are named must exist. */
export async function checkDocPaths(): Promise<string[]> {
  const files = listFiles();
  const tree: Tree = {
    has: (wanted) => existsSync(join(projectRoot, wanted)),
    names: new Set(files.map((file) => posix.basename(file))),
  };
  const read = files.filter((file) => readable.test(file) && file !== 'package-lock.json');
  const faults = read.map(async (file) => findMissing(file, await readFile(join(projectRoot, file), 'utf8'), tree));
  return (await Promise.all(faults)).flat();
}

/**
 * Lists the missing files that a file with this path and text names. A path is relative to the file's folder or to the
 * root.
 */
export function findMissing(file: string, text: string, tree: Tree): string[] {
  const isThere = (wanted: string) => tree.has(posix.join(posix.dirname(file), wanted)) || tree.has(wanted);
  const cited = listMatches(text, citation).filter((wanted) => !record.test(wanted) && !isThere(wanted));
  const named = file.endsWith('.md') ? listMissingOfDocument(text, isThere, tree) : [];
  return [...new Set([...cited, ...named])].map((wanted) => `${file} names ${wanted}, which does not exist`);
}

function listMissingOfDocument(text: string, isThere: (wanted: string) => boolean, { names }: Tree): string[] {
  const links = listMatches(text, link).filter((target) => !/^([a-z]+:|#|\/)/.test(target));
  const paths = [...listMatches(text, path), ...listMatches(text, folder)].filter((wanted) => !isBuilt(wanted));
  return [
    ...links.map((target) => target.replace(/#.*$/, '')).filter((target) => !isThere(target)),
    ...paths.filter((wanted) => !isThere(wanted)),
    ...listMatches(text, fileName).filter((name) => !names.has(name) && !isThere(name)),
  ];
}

/** Files that commands create are not in the checkout. */
function isBuilt(wanted: string): boolean {
  return /^(dist|data|\.tmp)\//.test(wanted);
}

function listMatches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found]) => found ?? '');
}
