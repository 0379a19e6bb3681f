import type { FiguresNews, NewsBus } from '#server/events/news.ts';

/** A contact of which something changed. `isOfBills`: nothing but bills, or supplier credit. */
export type ContactChange = { contactId: string; isOfBills: boolean };

/** Each contact once. It is news for everybody as soon as one of its changes is not of a bill. */
export function toFiguresNews(changes: readonly ContactChange[]): FiguresNews {
  const contactIds = [...new Set(changes.map(({ contactId }) => contactId))];
  const forAll = new Set(changes.filter(({ isOfBills }) => !isOfBills).map(({ contactId }) => contactId));
  return { kind: 'figures', contactIds, onlyBills: contactIds.filter((id) => !forAll.has(id)) };
}

/** Tells everybody who shows these figures; nobody where nothing changed. */
export async function tellOfFigures(
  news: Pick<NewsBus, 'announce'>,
  organisationId: string,
  changes: readonly ContactChange[],
): Promise<void> {
  if (changes.length > 0) await news.announce({ organisationId }, toFiguresNews(changes));
}
