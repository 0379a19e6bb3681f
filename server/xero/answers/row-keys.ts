import { zeroId } from './fields.ts';

/** What tells the rows of a list apart: the id of each; where there is none, all that the row holds. */
export function toRowKeys(rows: readonly unknown[], idName: string): string[] {
  return rows.map((row) => {
    const id: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, idName) : undefined;
    return typeof id === 'string' && id !== '' && id !== zeroId ? id.toLowerCase() : JSON.stringify(row);
  });
}
