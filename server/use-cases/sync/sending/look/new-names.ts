import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import { listNearKeys, toNameKey } from '#shared/contact-names.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import { type RecordQuestion, recordStateSchema } from '#shared/contract/sync/record.ts';
import type { XeroElement } from '../../kinds/kind.ts';
import { questionWords } from '../../words/question-words.ts';
import { askNear, askNumber } from '../../words/questions.ts';
import { toWaitForRecord } from '../../words/waits.ts';
import { kindOf } from '../kind-of.ts';
import { toName } from '../save-findings.ts';
import type { Look } from './look.ts';
import { nameQuestion } from './name-question.ts';
import type { Plan } from './plan.ts';

/** A contact or a number that is about to be added, and the record that adds it. */
type NewName = {
  of: 'contact' | 'number';
  name: string;
  by: Pick<RecordRow, 'key' | 'title' | 'state'> & { kind: PutKind };
};

export type NewNames = {
  /**
   * Notes the number and the contact that this record would add. When an earlier record adds the same number, or a
   * contact of the same or of a near name, that one is returned, and nothing is noted. Names in documents that are
   * exactly the same are one contact anyway.
   */
  take(look: Look): NewName | undefined;
};

export function buildNewNames(): NewNames {
  const byName = new Map<string, NewName>();
  const byNear = new Map<string, NewName>();
  const numbers = buildNewNumbers();
  return {
    take: (look) => {
      const { contact, party } = look;
      const taken = numbers.take(look);
      if (taken) return taken;
      if (!contact || !['make', 'change', 'replace'].includes(look.plan.outcome)) return undefined;
      const same = byName.get(toNameKey(contact.name));
      if (same) return party ? undefined : same;
      const keys = listNearKeys(contact);
      const near = keys.map((key) => byNear.get(key)).find((one) => one !== undefined);
      if (near) return near;
      const added = toNewName(look, 'contact', contact.name);
      byName.set(toNameKey(contact.name), added);
      for (const key of keys) byNear.set(key, added);
      return undefined;
    },
  };
}

/** Not the whole record: a dry run keeps thousands of names. */
function toNewName({ row: { key, title, state }, version: { kind } }: Look, of: NewName['of'], name: string): NewName {
  return { of, name, by: { kind, key, title, state } };
}

/** Numbers, codes and names of what is about to be added. Of two that are equal, Xero would refuse or double one. */
function buildNewNumbers(): NewNames {
  const byKey = new Map<string, { added: NewName; element: XeroElement }[]>();
  return {
    take: (look) => {
      const { plan, version } = look;
      const kind = kindOf(version.kind);
      if (plan.outcome !== 'make' || !kind || kind.resource === 'contact') return undefined;
      const { element, within } = plan;
      for (const { by, value } of plan.keys) {
        const key = JSON.stringify([kind.kind, by, toNameKey(value)]);
        const known = byKey.get(key) ?? [];
        const isOther = (row: XeroElement): boolean =>
          kind.canBe?.({ id: '', number: value, name: value, status: null, row }, { element, within }) === false;
        const same = known.find((one) => !isOther(one.element));
        if (same) return same.added;
        byKey.set(key, [...known, { added: toNewName(look, 'number', value), element }]);
      }
      return undefined;
    },
  };
}

export type Behind = { look: Look; first: NewName };

/** Splits off the records whose new contact or number has to wait until another record is in Xero. */
export function splitNewNames(looks: readonly Look[], names = buildNewNames()): { now: Look[]; later: Behind[] } {
  const split: { now: Look[]; later: Behind[] } = { now: [], later: [] };
  for (const look of looks) {
    const first = names.take(look);
    if (first) split.later.push({ look, first });
    else split.now.push(look);
  }
  return split;
}

/** What a dry run says of such a record: its contact is the other one, or a person is asked. */
export function tellBehind({ look, first }: Behind): { outcome: 'adopt' | 'ask'; question: RecordQuestion | null } {
  if (first.of === 'number') return tellNumber(look, first);
  const [own, other] = [look.contact?.name ?? '', first.name];
  if (toNameKey(own) === toNameKey(other)) return { outcome: 'adopt', question: null };
  // The other contact has no id yet, so that nobody can choose it yet.
  const asked = { ...askNear(own, []), message: questionWords.nearName.bothNew(own, other), choices: [] };
  return { outcome: 'ask', question: nameQuestion(look.version, asked) };
}

function tellNumber({ version }: Look, { name }: NewName): ReturnType<typeof tellBehind> {
  if (kindOf(version.kind)?.onFound === 'adopt') return { outcome: 'adopt', question: null };
  const found = { id: '', number: name, name: null, status: null };
  const asked = { ...askNumber(found, []), message: questionWords.numberTaken.bothNew(name), choices: [] };
  return { outcome: 'ask', question: nameQuestion(version, asked) };
}

/** Nobody knows yet whether Xero has the other one. */
export function waitBehind({ first: { by } }: Behind): Plan {
  const { kind, key, title } = by;
  const reason = toWaitForRecord({ kind, crmId: key, state: recordStateSchema.parse(by.state) }, title ?? key);
  return { outcome: 'wait', reason, blockedOn: `record:${toName({ kind, key })}`, afterMs: 60_000 };
}
