import { AppError, type FieldError } from '#shared/app-error.ts';
import type { CalendarDate } from '#shared/calendar.ts';
import type { KindRule, Rules, RulesChange } from '#shared/contract/sync/rules.ts';
import { requestWords } from '../words/request-words.ts';

type KindChange = NonNullable<RulesChange['kinds']>[number];

/**
 * The rules after a change. When sync is enabled for the first time, `since` becomes today unless a day is given.
 * Rejects with invalid_request where a kind is not synced in a direction, or has no such choice.
 */
export function mergeRules(before: Rules, change: RulesChange, today: CalendarDate): Rules {
  const { kinds: changes = [], since, ...members } = change;
  const errors = changes.flatMap((one, index) => findFaults(before.kinds, one, `kinds.${index}`));
  if (errors.length > 0) throw new AppError('invalid_request', { errors });
  const given = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
  const rules: Rules = { ...before, ...given, since: since ?? before.since };
  const kinds = before.kinds.map((rule) => changes.reduce(mergeKind, rule));
  return { ...rules, kinds, since: rules.since ?? (rules.enabled ? today : null) };
}

function findFaults(rules: readonly KindRule[], { kind, out, back }: KindChange, path: string): FieldError[] {
  const rule = rules.find((one) => one.kind === kind);
  if (!rule) return [{ path: `${path}.kind`, message: requestWords.rule.noKind }];
  const errors: FieldError[] = [];
  if (out && !rule.out) errors.push({ path: `${path}.out`, message: requestWords.rule.notSent });
  if (back && !rule.back) errors.push({ path: `${path}.back`, message: requestWords.rule.notBrought });
  for (const name of ['onlyApproved', 'onlyUnpaid'] as const) {
    if (rule.back && back?.[name] !== undefined && rule.back[name] === undefined) {
      errors.push({ path: `${path}.back.${name}`, message: requestWords.rule.billsOnly });
    }
  }
  return errors;
}

function mergeKind(rule: KindRule, { kind, out, back }: KindChange): KindRule {
  if (kind !== rule.kind) return rule;
  return { kind, out: mergeMembers(rule.out, out), back: mergeMembers(rule.back, back) };
}

function mergeMembers<T extends object>(
  before: T | null,
  change: { [Name in keyof T]?: T[Name] | undefined } | null | undefined,
): T | null {
  if (!before || !change) return before;
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(given) };
}
