import type { Kysely } from 'kysely';
import { chunksOf } from '../../in-chunks.ts';
import type { Schema } from '../../schema.ts';
import type { WriteReservations, WriteRow } from '../../store.ts';

// The table and its column are still called `write_claims` and `claim`: an older release reads them during an update.
const reservationsPerStatement = 500;

/**
 * Reserves the wanted names for a write and returns those that another write holds. When two writes want the same name
 * at once, the database lets one through: the second waits for the first one's transaction and then finds its row.
 */
export async function reserve(
  db: Kysely<Schema>,
  { id, organisationId }: WriteRow,
  { wanted, freed }: WriteReservations,
): Promise<string[]> {
  // The order prevents a deadlock between two writes that want several names.
  const reservations = [...new Set(wanted)].toSorted();
  const taken: string[] = [];
  for (const chunk of chunksOf(reservations, reservationsPerStatement)) {
    const rows = await db
      .insertInto('write_claims')
      .values(chunk.map((claim) => ({ organisation_id: organisationId, claim, write_id: id })))
      .onConflict((conflict) =>
        conflict
          .columns(['organisation_id', 'claim'])
          .doUpdateSet({ write_id: id })
          .where('write_claims.write_id', 'in', [id, ...freed]),
      )
      .returning('claim')
      .execute();
    const got = new Set(rows.map(({ claim }) => claim));
    taken.push(...chunk.filter((reservation) => !got.has(reservation)));
  }
  return taken;
}

export async function releaseReservations(db: Kysely<Schema>, writeId: string): Promise<void> {
  await db.deleteFrom('write_claims').where('write_id', '=', writeId).execute();
}

/** The id of the write that holds each reservation. */
export async function listReservationHolders(
  db: Kysely<Schema>,
  organisationId: string,
  reservations: readonly string[],
): Promise<Map<string, string>> {
  const holders = new Map<string, string>();
  for (const chunk of chunksOf([...reservations], reservationsPerStatement)) {
    const rows = await db
      .selectFrom('write_claims')
      .select(['claim', 'write_id'])
      .where('organisation_id', '=', organisationId)
      .where('claim', 'in', chunk)
      .execute();
    for (const { claim, write_id } of rows) holders.set(claim, write_id);
  }
  return holders;
}
