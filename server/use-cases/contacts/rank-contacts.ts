import type { XeroContactRow } from '#server/xero/gateway.ts';
import { foldText, placeIn, textPlaces } from '#shared/rank-text.ts';

const alphabet = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/**
 * What a person who typed this is most likely to mean stands first: an account number typed whole, a name that starts
 * with the text, a name with a word that starts with it, a name that holds it, people's names, an e-mail address; what
 * Xero found by something else stands last. Alphabetical within each. Case and accents do not matter.
 */
export function rankContacts(rows: readonly XeroContactRow[], term: string): XeroContactRow[] {
  const typed = foldText(term);
  return rows
    .map((row) => ({ row, rank: rankOf(row, typed) }))
    .sort((a, b) => a.rank - b.rank || byName(a.row, b.row))
    .map(({ row }) => row);
}

export function byName(a: XeroContactRow, b: XeroContactRow): number {
  return alphabet.compare(a.name, b.name) || alphabet.compare(a.id, b.id);
}

function rankOf({ name, firstName, lastName, email, accountNumber }: XeroContactRow, typed: string): number {
  if (foldText(accountNumber) === typed) return 0;
  const place = placeIn(foldText(name), typed);
  if (place !== textPlaces.none) return 1 + place;
  if (foldText(`${firstName ?? ''} ${lastName ?? ''}`).includes(typed)) return 4;
  return foldText(email).includes(typed) ? 5 : 6;
}
