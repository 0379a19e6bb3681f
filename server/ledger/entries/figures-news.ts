import type { FiguresNews, NewsBus } from '#server/events/news.ts';

/** A contact that changed. `isOfBills` is true when only bills or supplier credit changed. */
export type ContactChange = { contactId: string; isOfBills: boolean };

/** Lists each contact once. If any of its changes is not about a bill, the news is for everybody. */
export function toFiguresNews(changes: readonly ContactChange[]): FiguresNews {
  const contactIds = [...new Set(changes.map(({ contactId }) => contactId))];
  const forAll = new Set(changes.filter(({ isOfBills }) => !isOfBills).map(({ contactId }) => contactId));
  return { kind: 'figures', contactIds, onlyBills: contactIds.filter((id) => !forAll.has(id)) };
}

/** Tells all widgets that show these figures. Sends nothing when nothing changed. */
export async function tellOfFigures(
  news: Pick<NewsBus, 'announce'>,
  organisationId: string,
  changes: readonly ContactChange[],
): Promise<void> {
  if (changes.length > 0) await news.announce({ organisationId }, toFiguresNews(changes));
}
