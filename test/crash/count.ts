import type { World } from '#test/support/world/world.ts';
import type { Saved } from './form.ts';

/**
 * What Xero has of the saved forms. `cut`: the kill interrupted the first saving. `storiesCut`: it interrupted what the
 * story is about. `strange`: another document than the one answered. `unsettled`: never answered, or not the same to
 * all. `notes`: documents that already have the history note. The four stories are counted by name.
 */
export const noCount = {
  rounds: 0,
  stories: 0,
  replaced: 0,
  crowded: 0,
  forgotten: 0,
  stopped: 0,
  forms: 0,
  cut: 0,
  storiesCut: 0,
  documents: 0,
  doubled: 0,
  lost: 0,
  strange: 0,
  unsettled: 0,
  notes: 0,
  notesDoubled: 0,
};
export type Count = typeof noCount;

/** Adds counts of the same names. */
export function mergeCounts<Name extends string>(
  a: Record<Name, number>,
  b: Record<Name, number>,
): Record<Name, number> {
  const sum = { ...a };
  for (const name of Object.keys(a) as Name[]) sum[name] += b[name];
  return sum;
}

export async function countDocuments({ xero }: World, contactId: string, saved: readonly Saved[]): Promise<Count> {
  const { organisations } = await xero.control.seedInfo();
  const tenantId = organisations[0]?.tenantId ?? '';
  const { invoices, bills, quotes } = await xero.control.documents({ tenantId, contactId });
  const all = [
    ...invoices.map((row) => ({ id: row.InvoiceID, mark: row.Reference })),
    ...bills.map((row) => ({ id: row.InvoiceID, mark: row.InvoiceNumber })),
    ...quotes.map((row) => ({ id: row.QuoteID, mark: row.Reference })),
  ];
  const counts = await Promise.all(
    saved.map(async ({ mark, id, isCut }): Promise<Count> => {
      const found = all.filter((document) => document.mark === mark);
      const notes = id === null ? 0 : (await xero.control.history(id)).filter(isNote).length;
      return {
        ...noCount,
        forms: 1,
        cut: isCut ? 1 : 0,
        documents: found.length,
        doubled: Math.max(0, found.length - 1),
        lost: id !== null && found.length === 0 ? 1 : 0,
        strange: id !== null && found.length > 0 && !found.some((document) => document.id === id) ? 1 : 0,
        unsettled: id === null ? 1 : 0,
        notes: Math.min(notes, 1),
        notesDoubled: Math.max(0, notes - 1),
      };
    }),
  );
  return counts.reduce(mergeCounts, noCount);
}

function isNote({ Details }: { Details?: string }): boolean {
  return (Details ?? '').startsWith('Added from ');
}
