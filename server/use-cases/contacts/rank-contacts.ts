import type { XeroContactRow } from '#server/xero/gateway.ts';
import { foldText, placeIn, textPlaces } from '#shared/rank-text.ts';

const alphabet = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/**
 * Sorts by what the person most likely means: an account number typed in full, a name that starts with the text, a name
 * with a word that starts with it, a name that contains it, people's names, an e-mail address, then everything else
 * that Xero found. Alphabetical within each group. Ignores case and accents.
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
