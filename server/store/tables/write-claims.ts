import type { Kysely } from 'kysely';
import { chunksOf } from '../in-chunks.ts';
import type { Schema } from '../schema.ts';
import type { WriteClaims, WriteRow } from '../store.ts';

const claimsPerStatement = 500;

/**
 * Takes the claims for a write; answers those that another one holds. Of two that claim the same at once the database
 * lets one through: the second waits for the first one's transaction, then finds its row.
 */
export const takeClaims = async (
  db: Kysely<Schema>,
  { id, organisationId }: WriteRow,
  { wanted, freed }: WriteClaims,
): Promise<string[]> => {
  // Sorted, so that two that want several never wait for each other.
  const claims = [...new Set(wanted)].toSorted();
  const taken: string[] = [];
  for (const chunk of chunksOf(claims, claimsPerStatement)) {
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
    taken.push(...chunk.filter((claim) => !got.has(claim)));
  }
  return taken;
};

export const dropClaims = async (db: Kysely<Schema>, writeId: string): Promise<void> => {
  await db.deleteFrom('write_claims').where('write_id', '=', writeId).execute();
};

/** Which write holds each of them. */
export const listClaimHolders = async (
  db: Kysely<Schema>,
  organisationId: string,
  claims: readonly string[],
): Promise<Map<string, string>> => {
  const holders = new Map<string, string>();
  for (const chunk of chunksOf([...claims], claimsPerStatement)) {
    const rows = await db
      .selectFrom('write_claims')
      .select(['claim', 'write_id'])
      .where('organisation_id', '=', organisationId)
      .where('claim', 'in', chunk)
      .execute();
    for (const { claim, write_id } of rows) holders.set(claim, write_id);
  }
  return holders;
};
