import { isRefusedElement } from '#server/xero/answers/is-xero-refusal.ts';
import { tryParseExactJson } from '#server/xero/bytes/exact-json.ts';
import type { XeroResource } from './records.ts';
import { resources } from './resources.ts';
import { readMember, toSameText } from './row-members.ts';

/**
 * Finds the row of each element in Xero's answer; undefined when that is not certain. A row belongs to an element when
 * both have the same key (the id, the mark in a Url, the number, the code or the name) and nothing else in the call
 * has it. The order alone is never trusted: a missing or an added row would tie records to other documents. A refused
 * row without any key belongs to the element in its place, if every other row is in place. The only row of a call for
 * one element may also come without a key.
 */
export function matchRows(
  resource: XeroResource,
  elements: readonly string[],
  rows: readonly unknown[],
): (unknown | undefined)[] {
  const sent = elements.map(tryParseExactJson);
  const [asked, answered] = [toAllKeys(resource, sent), toAllKeys(resource, rows)];
  const places = asked.map((one) => listSame(answered, (other) => compareKeys(one, other)));
  const owners = answered.map((one) => listSame(asked, (other) => compareKeys(one, other)));
  const isInPlace = (place: number) =>
    places[place]?.join() === String(place) && owners[place]?.join() === String(place);
  const { id } = resources[resource];
  const isSilent = (place: number) => compareKeys(asked[place], answered[place]) === 'silent';
  const isSilentRefusal = (place: number) => isSilent(place) && isRefusedElement(rows[place], id);
  const isInOrder = rows.length === sent.length && sent.every((_, place) => isInPlace(place) || isSilentRefusal(place));
  const isAlone = sent.length === 1 && rows.length === 1;
  return sent.map((_, place) => {
    if ((isInOrder || isAlone) && isSilent(place)) return rows[place];
    const [only, ...more] = places[place] ?? [];
    return only !== undefined && more.length === 0 && owners[only]?.length === 1 ? rows[only] : undefined;
  });
}

/** For each key of the resource, in their order. */
type Keys = readonly (string | null)[];

/** Once for each element and row, as each is compared with all others. */
function toAllKeys(resource: XeroResource, all: readonly unknown[]): Keys[] {
  return all.map((one) => resources[resource].keys.map((members) => toKey(one, members)));
}

type Compared = 'same' | 'other' | 'silent';

function listSame(all: readonly Keys[], compare: (one: Keys) => Compared): number[] {
  return all.flatMap((one, place) => (compare(one) === 'same' ? [place] : []));
}

/** By the first key that both have. `silent`: they have none in common. */
function compareKeys(one: Keys = [], other: Keys = []): Compared {
  for (const [index, key] of one.entries()) {
    const otherKey = other[index] ?? null;
    if (key !== null && otherKey !== null) return key === otherKey ? 'same' : 'other';
  }
  return 'silent';
}

const zeros = /^[0-]+$/;

/** An id of zeros counts as no id. */
function toKey(of: unknown, members: readonly string[]): string | null {
  const texts = members.flatMap((member) => readMember(of, member) ?? []);
  if (texts.length < members.length || texts.some((text) => zeros.test(text) && text.length === 36)) return null;
  return texts.map(toSameText).join('\n');
}
