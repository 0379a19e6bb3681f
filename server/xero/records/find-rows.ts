import { readList } from '#server/xero/answers/read-list.ts';
import type { Question } from '#server/xero/calling/send-question.ts';
import { oldestChangeFirst, type ReadAt, readSince } from '#server/xero/documents/lists/read-since.ts';
import { longestPage } from '#server/xero/endpoints/limits.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Reading } from '#server/xero/xero-deps.ts';
import { parseTwin } from './parse-twin.ts';
import type { FoundRecords, XeroResource, XeroTwin } from './records.ts';
import { resources } from './resources.ts';
import { readMember, toSameText } from './row-members.ts';

/** Whether a row is searched for. Undefined: it does not say, so it may be. */
export type Matches = (row: unknown) => boolean | undefined;

/** Whether a member is one of these texts. */
export function matchText(member: string, texts: readonly string[]): Matches {
  const wanted = new Set(texts.map(toSameText));
  return (row) => matchMember(row, member, (text) => wanted.has(text));
}

/** Whether a member contains one of these texts, or ends with it. */
export function matchPart(member: string, texts: readonly string[], where: 'inside' | 'at the end'): Matches {
  const wanted = texts.map(toSameText);
  const isIn = (text: string) =>
    wanted.some((part) => (where === 'inside' ? text.includes(part) : text.endsWith(part)));
  return (row) => matchMember(row, member, isIn);
}

function matchMember(row: unknown, member: string, isWanted: (text: string) => boolean): boolean | undefined {
  const text = readMember(row, member);
  return text === null ? undefined : isWanted(toSameText(text));
}

/** The rows that match. A row that matches, or may, and that cannot be parsed makes the result not whole. */
export function pickRows(
  { noteSetAside }: Reading,
  resource: XeroResource,
  rows: readonly unknown[],
  matches: Matches,
): FoundRecords {
  const parsed = rows.filter((row) => matches(row) !== false).map((row) => ({ row, ...parseTwin(resource, row) }));
  const faults = parsed.flatMap(({ fault }) => fault ?? []);
  noteSetAside(resources[resource].list, faults);
  return {
    twins: parsed.flatMap(({ twin, row }) => (twin && matches(row) === true ? [twin] : [])),
    isWhole: faults.length === 0,
  };
}

/** Rows of a list that is read in one call. A full page may not be all of it. */
export async function findInPage(
  deps: Reading,
  caller: XeroCaller,
  { resource, question, matches }: { resource: XeroResource; question: Question; matches: Matches },
): Promise<FoundRecords> {
  const { member, id } = resources[resource];
  const { rows, pagination } = readList(await deps.ask(caller, question), member, id);
  const found = pickRows(deps, resource, rows, matches);
  const isAll = rows.length < longestPage && (pagination?.itemCount ?? 0) <= rows.length;
  return { ...found, isWhole: found.isWhole && isAll };
}

/** Before everything that Xero has. */
export const everSince = '2000-01-01T00:00:00.000Z';

/** Enough for 10,000 records that changed since. */
const mostCalls = 10;

type Since = {
  resource: XeroResource;
  since: string;
  matches: Matches;
  toQuestion(at: ReadAt & { order: string; pageSize: number }): Question;
};

/** Rows that changed since an instant by Xero's clock. */
export async function findSince(
  deps: Reading,
  caller: XeroCaller,
  { resource, since, matches, toQuestion }: Since,
): Promise<FoundRecords> {
  const { member, id } = resources[resource];
  let isReadable = true;
  const pageSize = longestPage;
  const { rows, isWhole } = await readSince<XeroTwin & { updatedAt: string }>(deps.ask, caller, {
    ...{ since, pageSize, mostCalls },
    toQuestion: (at) => toQuestion({ ...at, order: oldestChangeFirst, pageSize }),
    toPage: (answer) => {
      const { rows: sent, ...page } = readList(answer, member, id);
      const picked = pickRows(deps, resource, sent, matches);
      isReadable &&= picked.isWhole && picked.twins.every(({ updatedAt }) => updatedAt !== null);
      return { ...page, rows: sent.flatMap((row) => toTimed(parseTwin(resource, row).twin)) };
    },
  });
  return { twins: rows.filter(({ row }) => matches(row) === true), isWhole: isWhole && isReadable };
}

/** Without a time, a row cannot be placed among the others. */
function toTimed(twin: XeroTwin | undefined): (XeroTwin & { updatedAt: string })[] {
  return twin?.updatedAt ? [{ ...twin, updatedAt: twin.updatedAt }] : [];
}

export function joinFound(all: readonly FoundRecords[]): FoundRecords {
  const twins = new Map(all.flatMap((found) => found.twins).map((twin) => [twin.id, twin]));
  return { twins: [...twins.values()], isWhole: all.every(({ isWhole }) => isWhole) };
}
