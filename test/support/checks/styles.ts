import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles } from '../list-files.ts';
import { projectRoot } from '../programs/run-command.ts';
import { type ClassUse, listClassSelectors, listClassUses } from './class-uses.ts';

/** A style sheet, a component or a page of the widget. */
export type StyleSource = { path: string; text: string };

const feature = /^widget\/features\/([^/]+)\//;

/** Class names of features cannot collide, because each begins with the name of its feature. */
export async function checkStyles(): Promise<string[]> {
  const files = listFiles().filter(
    (file) => /^widget\/(?!embed\/).*\.(css|tsx?|html)$/.test(file) && !/\.test\.tsx?$/.test(file),
  );
  const read = async (path: string) => ({ path, text: await readFile(join(projectRoot, path), 'utf8') });
  return findStyleFaults(await Promise.all(files.map(read)));
}

type Rule = { path: string; selector: string; classes: string[] };

export function findStyleFaults(sources: readonly StyleSource[]): string[] {
  const sheets = sources.filter(({ path }) => path.endsWith('.css'));
  const rules = sheets.flatMap(listRules);
  const uses = sources.filter(({ path }) => !path.endsWith('.css')).flatMap(listClassUses);
  const named = uses.filter(({ isClassName }) => isClassName);
  const owners = new Set(sources.flatMap(({ path }) => path.match(feature)?.[1] ?? []));
  const ownerOf = (name: string) => [...owners].find((owner) => name === owner || name.startsWith(`${owner}-`));
  const defined = new Set(rules.flatMap(({ classes }) => classes));
  const shared = listShared(rules);
  return [
    ...rules.flatMap((rule) => judgeRule(rule, ownerOf, shared)),
    ...named.flatMap(({ path, name }) => judgeOwner(path, name, ownerOf(name))),
    ...named.flatMap((use) =>
      [...defined].some((name) => isUse(use, name)) ? [] : [`${use.path} uses .${use.name}, which no sheet defines`],
    ),
    ...[...defined].flatMap((name) => judgeUses(name, shared.has(name) && !ownerOf(name), uses)),
    ...findTwins(sheets),
    ...sources.flatMap(findSelectors),
  ];
}

/** Classes that sheets outside of features define. */
function listShared(rules: readonly Rule[]): ReadonlySet<string> {
  return new Set(rules.flatMap(({ path, classes }) => (feature.test(path) ? [] : classes)));
}

function judgeRule(
  { path, selector, classes }: Rule,
  ownerOf: (name: string) => string | undefined,
  shared: ReadonlySet<string>,
): string[] {
  const own = path.match(feature)?.[1];
  const foreign = classes.flatMap((name) => judgeOwner(path, name, ownerOf(name)));
  if (own === undefined || foreign.length > 0) return foreign;
  if (!classes.some((name) => ownerOf(name) === own)) return [`${path}: ${selector} names no class .${own}-…`];
  return classes
    .filter((name) => ownerOf(name) === undefined && !shared.has(name))
    .map((name) => `${path}: .${name} should begin with ${own}-`);
}

function judgeOwner(path: string, name: string, owner: string | undefined): string[] {
  const isOwn = owner === undefined || path.startsWith(`widget/features/${owner}/`);
  return isOwn ? [] : [`${path}: .${name} belongs to the feature ${owner}`];
}

function judgeUses(name: string, isShared: boolean, uses: readonly ClassUse[]): string[] {
  const rooms = new Set(uses.filter((use) => isUse(use, name)).map(({ path }) => path.match(feature)?.[1] ?? 'ui'));
  if (rooms.size === 0) return [`.${name} is used nowhere`];
  const [only] = rooms;
  return isShared && rooms.size === 1 && only !== 'ui'
    ? [`.${name} is used by the feature ${only} alone: move it there`]
    : [];
}

function isUse(use: ClassUse, name: string): boolean {
  return use.name === name || (use.isStart && name.startsWith(use.name));
}

/** Names of animations are global too. */
function findTwins(sheets: readonly StyleSource[]): string[] {
  const names = sheets.flatMap(({ text }) => [...text.matchAll(/@keyframes ([\w-]+)/g)].map(([, name = '']) => name));
  return [...new Set(names.filter((name, place) => names.indexOf(name) !== place))].map(
    (name) => `@keyframes ${name} is defined twice`,
  );
}

function listRules({ path, text }: StyleSource): Rule[] {
  const plain = text.replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/@keyframes [^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}/g, '');
  return [...plain.matchAll(/([^{};]+)\{/g)]
    .map(([, head = '']) => head.trim())
    .filter((head) => !head.startsWith('@'))
    .flatMap(splitSelectors)
    .map((selector) => ({ path, selector, classes: listClasses(selector) }));
}

/** At commas outside of brackets. */
function splitSelectors(head: string): string[] {
  return head.split(/,(?![^(]*\))/).map((selector) => selector.trim());
}

function listClasses(selector: string): string[] {
  return [...selector.replaceAll(/\[[^\]]*\]/g, '').matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name = '']) => name);
}

/** Code finds elements by attributes, so that renaming a class breaks nothing. */
function findSelectors(source: StyleSource): string[] {
  if (!/\.tsx?$/.test(source.path)) return [];
  return listClassSelectors(source).map((text) => `${source.path} finds elements by “${text}”: use an attribute`);
}
