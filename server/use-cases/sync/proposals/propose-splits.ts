import { findSettled, type Settled, type Wanted } from './find-settled.ts';
import { listNamed } from './named-documents.ts';
import type { Credit, OpenDocument, Split } from './split.ts';
import { splitInTurn } from './split-in-turn.ts';
import { convert, stepOf, toAmount, toUnits } from './units.ts';

/** As many as a question shows. */
const mostSplits = 5;
/** All choices of so many documents are compared. */
const mostDocuments = 20;

/** A fee is at most 5 % of the documents, or 25 of the currency where that is more, but never over 20 %. */
function mostFee(paid: bigint): bigint {
  return smaller(larger(paid / 19n, toUnits('25')), paid / 4n);
}

/** Rates of different days and banks differ by less than 10 %. */
function mostExchange(paid: bigint): bigint {
  return paid / 10n;
}

/** `isWhole`: all open documents were compared. `nodes`: how many choices the search looked at. */
export type Proposals = { splits: Split[]; isWhole: boolean; nodes: number };

type Ranked = { split: Split; chances: bigint; count: number };

/**
 * Which open documents a credit may have paid, the likeliest first, at most five. Documents of one proposal have one
 * currency. The likeliest is what chance explains least: first the documents that the reference names, then the choice
 * that fits although few others could. Without a choice that fits, the oldest documents are paid in turn.
 */
export function proposeSplits(credit: Credit, open: readonly OpenDocument[]): Proposals {
  const paid = toUnits(credit.amount);
  if (paid <= 0n) return { splits: [], isWhole: true, nodes: 0 };
  const usable = open.filter(({ due }) => toUnits(due) > 0n).sort(byAge);
  // Of equally likely ones, the credit's own currency stays first.
  const currencies = [...new Set([credit.currency, ...usable.map(({ currency }) => currency)])];
  const named = listNamed(credit.reference, usable);
  const ranked: Ranked[] = [];
  let isWhole = true;
  let nodes = 0;
  for (const currency of currencies) {
    const ofCurrency = usable.filter((one) => one.currency === currency);
    if (ofCurrency.length === 0) continue;
    const { documents, wanted } = toWanted(credit, chooseDocuments(ofCurrency, named));
    isWhole &&= documents.length === ofCurrency.length;
    const search = findSettled(documents, wanted);
    nodes += search.nodes;
    ranked.push(...search.found.map((one) => toRanked(credit, documents, one)));
    ranked.push(...rankInTurn(credit, ofCurrency, paid / wanted.step));
    const meant = named.filter((one) => one.currency === currency);
    ranked.push(...(meant.length > 0 ? rankNamed(credit, meant) : []));
  }
  ranked.sort((a, b) => (a.chances === b.chances ? a.count - b.count : a.chances < b.chances ? -1 : 1));
  return { splits: dropTwins(ranked.map(({ split }) => split)).slice(0, mostSplits), isWhole, nodes };
}

type Valued = { document: OpenDocument; value: bigint; bit: number };

/** Those that the reference names, then the oldest. In the order of their age. */
function chooseDocuments(documents: readonly OpenDocument[], named: readonly OpenDocument[]): OpenDocument[] {
  const first = documents.filter((one) => named.includes(one));
  const others = documents.filter((one) => !named.includes(one));
  return [...first, ...others].slice(0, mostDocuments).sort(byAge);
}

function toWanted(credit: Credit, documents: readonly OpenDocument[]): { documents: Valued[]; wanted: Wanted } {
  const paid = toUnits(credit.amount);
  const isForeign = documents.some(({ currency }) => currency !== credit.currency);
  const valued = documents.map((document, place) => ({
    ...{ document, value: toValue(document, credit), bit: 2 ** (documents.length - 1 - place) },
  }));
  const above = isForeign ? mostExchange(paid) : mostFee(paid);
  const below = isForeign ? above : 0n;
  return { documents: valued, wanted: { paid, below, above, step: stepOf(credit.currency), most: mostSplits } };
}

function toValue(document: OpenDocument, credit: Credit): bigint {
  return document.currency === credit.currency ? toUnits(document.due) : convert(document.due, document, credit);
}

function toRanked(credit: Credit, documents: readonly Valued[], { mask, difference, chances }: Settled): Ranked {
  const chosen = documents.filter(({ bit }) => Math.floor(mask / bit) % 2 === 1).map(({ document }) => document);
  return { split: toSettled(credit, chosen, difference), chances, count: chosen.length };
}

/** `difference`: how much more the documents are than what was paid. */
function toSettled(credit: Credit, chosen: readonly OpenDocument[], difference: bigint): Split {
  const isForeign = chosen.some(({ currency }) => currency !== credit.currency);
  const shown = toAmount(difference, credit.currency);
  const zero = toAmount(0n, credit.currency);
  return {
    fit: difference === 0n ? 'exact' : isForeign ? 'exchange' : 'fee',
    parts: chosen.map(({ id, due }) => ({ id, amount: due })),
    fee: isForeign ? zero : shown,
    exchangeDifference: isForeign ? shown : zero,
    rest: zero,
  };
}

/** Documents that the reference names, whatever the sums are. */
function rankNamed(credit: Credit, named: readonly OpenDocument[]): Ranked[] {
  const { documents, wanted } = toWanted(credit, named);
  const difference = documents.reduce((sum, { value }) => sum + value, 0n) - wanted.paid;
  const isSettled = -wanted.below <= difference && difference <= wanted.above;
  const split = isSettled ? toSettled(credit, named, difference) : splitInTurn(credit, named);
  return split ? [{ split, chances: 0n, count: named.length }] : [];
}

/**
 * Paying the oldest documents in turn explains every amount up to this one. A single document that is paid in part, or
 * paid too much, is chosen out of all on top of that.
 */
function rankInTurn(credit: Credit, documents: readonly OpenDocument[], chances: bigint): Ranked[] {
  const all = splitInTurn(credit, documents);
  const alone = documents.flatMap((one) => splitInTurn(credit, [one]) ?? []);
  return [
    ...(all ? [{ split: all, chances, count: all.parts.length }] : []),
    ...alone.map((split) => ({ split, chances: chances * BigInt(documents.length + 1), count: 1 })),
  ];
}

function dropTwins(splits: readonly Split[]): Split[] {
  const seen = new Set<string>();
  return splits.filter(({ parts }) => {
    const key = parts.map(({ id, amount }) => `${id}=${amount}`).join(' ');
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function byAge(a: OpenDocument, b: OpenDocument): number {
  if (a.dueDate !== b.dueDate) return a.dueDate < b.dueDate ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
