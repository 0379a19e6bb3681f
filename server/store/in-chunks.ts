import { type AnyRecordKey, anyRecordTypeSchema } from '#shared/contract/record.ts';

/** Far below the most parameters that a statement may have (SQLite 32,766, Postgres 65,535). */
const chunkSize = 500;

/** Reads many records in as many queries as needed. Each query covers one record type; duplicates are read once. */
export async function inRecordChunks<Row>(
  records: readonly AnyRecordKey[],
  ask: (type: AnyRecordKey['type'], ids: string[]) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const type of anyRecordTypeSchema.options) {
    const ids = [...new Set(records.filter((record) => record.type === type).map((record) => record.id))];
    for (const chunk of chunksOf(ids, chunkSize)) rows.push(...(await ask(type, chunk)));
  }
  return rows;
}

export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
