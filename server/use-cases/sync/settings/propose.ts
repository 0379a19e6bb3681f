import type { AccountChoice, TaxRateChoice } from '#shared/contract/choices.ts';
import type { Mapping, PaymentAccount } from '#shared/contract/sync/mapping.ts';

/*
 * What the mapping offers for a word of the CRM. An offer is taken with one click and never automatically, so a likely one is
 * better than none, and none is better than a wild guess.
 */

/** An account of that name or code, else one whose name shares a word; accounts for purchases first. */
export function proposeAccount(key: string, accounts: readonly AccountChoice[]): string | null {
  const fit = bestOf(accounts, (account) => {
    const score = account.code === key.trim() ? 3 : scoreName(key, account.name);
    return score > 0 && account.isPurchases ? score + 0.1 : score;
  });
  return fit?.code ?? null;
}

/** An account of that name; else one whose name shares a word; else the only bank account. */
export function proposePaymentAccount(key: string, accounts: readonly PaymentAccount[]): string | null {
  const fit = bestOf(accounts, ({ code, name }) => (code === key.trim() ? 3 : scoreName(key, name)));
  if (fit) return fit.id;
  const banks = accounts.filter(({ type }) => type === 'BANK');
  return banks.length === 1 ? (banks[0]?.id ?? null) : null;
}

type TaxSide = 'purchases' | 'sales';

/** A tax rate of that name, else one that shares a word or the percentage, and that this side may use. */
export function proposeTaxRate(key: string, rates: readonly TaxRateChoice[], side: TaxSide): string | null {
  const percentage = /(\d+(?:\.\d+)?)\s*%/.exec(key)?.[1];
  const fit = bestOf(rates, ({ name, rate, appliesTo }) => {
    if (side === 'purchases' ? !appliesTo.expenses : !appliesTo.revenue) return 0;
    const isOtherRate = percentage !== undefined && rate !== null && Number(rate) !== Number(percentage);
    if (isOtherRate) return 0;
    const isSideName = side === 'purchases' ? /expense|purchase|input/i : /income|sale|output/i;
    const score = Math.max(scoreName(key, name), percentage === undefined ? 0 : 0.5);
    return score > 0 && isSideName.test(name) ? score + 0.1 : score;
  });
  return fit?.taxType ?? null;
}

/** A tracking category of that name, which is how "Location" and "Department" are found. */
export function findTracking(key: string, tracking: Mapping['choices']['tracking']): string | null {
  return tracking.find(({ name }) => toWords(name).join(' ') === toWords(key).join(' '))?.id ?? null;
}

/** The first of those with the highest score above 0. */
function bestOf<T>(choices: readonly T[], score: (choice: T) => number): T | undefined {
  let best: { choice: T; score: number } | undefined;
  for (const choice of choices) {
    const found = score(choice);
    if (found > (best?.score ?? 0)) best = { choice, score: found };
  }
  return best?.choice;
}

/** 2: the same name. Between 0 and 1: the part of the key's words that the name has. */
function scoreName(key: string, name: string): number {
  const [wanted, words] = [toWords(key), toWords(name)];
  if (wanted.length === 0) return 0;
  if (wanted.join(' ') === words.join(' ')) return 2;
  return wanted.filter((word) => words.includes(word)).length / wanted.length;
}

const emptyWords: readonly string[] = ['and', 'of', 'the', 'on', 'for', 'account', 'expense', 'cost'];

/** In lower case, without accents and plurals, and without words that say nothing. */
function toWords(text: string): string[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.split(/[^\p{L}\p{N}]+/u).map((word) => (word.length > 3 ? word.replace(/s$/, '') : word));
  return words.filter((word) => word !== '' && !emptyWords.includes(word));
}
