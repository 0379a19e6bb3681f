import type { CauseCount } from '#server/store/tables/records/record-store.ts';
import type { MappingKey } from '#server/store/tables/sync/settings-store.ts';
import { recordKindSchema } from '#shared/contract/sync/kinds.ts';
import type { SyncOverview } from '#shared/contract/sync/overview.ts';
import { type ProblemCode, problemCodeSchema, stopCodeSchema } from '#shared/contract/sync/record.ts';
import { inboxWords } from '../words/inbox-words.ts';
import { problemWords } from '../words/problem-words.ts';
import { toProblem } from '../words/problems.ts';

type Line = SyncOverview['inbox'][number];

/** These concern the organisation, whatever the kind. A waiting record is told of only where one of them holds it. */
const ofAllKinds: readonly string[] = ['not_connected', 'reconnect_needed', 'day_spent', 'plan_limit', 'scope_missing'];

/** One line a cause, the most records first. */
export function listInbox(causes: readonly CauseCount[], keys: readonly MappingKey[]): Line[] {
  const lines = new Map<string, Line>();
  for (const cause of causes) {
    if (cause.state === 'waiting' && !ofAllKinds.includes(cause.code)) continue;
    const line = toLine(cause, keys);
    const id = JSON.stringify([line.kind, line.code, line.target]);
    const known = lines.get(id);
    lines.set(id, { ...line, count: line.count + (known?.count ?? 0) });
  }
  return [...lines.values()].toSorted((a, b) => b.count - a.count || a.code.localeCompare(b.code));
}

function toLine({ kind, state, code, blockedOn, count }: CauseCount, keys: readonly MappingKey[]): Line {
  const target = toTarget(blockedOn, keys);
  return {
    kind: ofAllKinds.includes(code) ? null : recordKindSchema.parse(kind),
    code: stopCodeSchema.parse(code),
    count,
    message: toMessage(code, target),
    fix: state === 'question' ? 'choose' : toFix(code),
    target,
  };
}

/** `blockedOn` has the key in lower case; people see it as the CRM spells it. */
function toTarget(blockedOn: string | null, keys: readonly MappingKey[]): Line['target'] {
  const [, name, rest] = /^(\w+):(.+)$/s.exec(blockedOn ?? '') ?? [];
  if (name === undefined || rest === undefined || name === 'record' || name === 'document') return null;
  if (name === 'contact') return { contactId: rest, url: null };
  const known = keys.find(({ mapping, key }) => mapping === name && key.toLowerCase() === rest);
  return { mapping: name, key: known?.key ?? rest };
}

function toMessage(code: string, target: Line['target']): string {
  const key = target && 'mapping' in target && target.mapping !== 'defaults' ? target.key : undefined;
  if (key !== undefined && code === 'category_unmapped') return problemWords.chooseAccount(key);
  if (key !== undefined && code === 'tax_unmapped') return problemWords.chooseTax(key);
  if (key !== undefined && code === 'method_unmapped') return problemWords.chooseMethod(key);
  return inboxWords[stopCodeSchema.parse(code)] ?? code;
}

function toFix(code: string): Line['fix'] {
  const problem = problemCodeSchema.safeParse(code);
  if (problem.success) return fixOf(problem.data);
  return code === 'day_spent' ? 'wait' : 'reconnect';
}

function fixOf(code: ProblemCode): Line['fix'] {
  return toProblem(code, { message: '' }).fix;
}
