import type { Books } from '../records/organisation.ts';
import { openDesk } from './desk.ts';
import { freshStart } from './organisations.ts';
import { taxTypes, toSettings } from './settings.ts';

/** An organisation created this morning: accounts and tax rates, but no contacts or documents. */
export function freshStartBooks(now: number): Books {
  const books = openDesk(freshStart, toSettings(freshStart, ['USD']), taxTypes.US, now).books;
  return { ...books, items: [], trackingCategories: [] };
}
