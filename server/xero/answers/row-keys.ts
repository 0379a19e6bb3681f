import { zeroId } from './fields.ts';

/** Identifies the rows of a list by their ids. A row without an id is identified by its whole content. */
export function toRowKeys(rows: readonly unknown[], idName: string): string[] {
  return rows.map((row) => {
    const id: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, idName) : undefined;
    return typeof id === 'string' && id !== '' && id !== zeroId ? id.toLowerCase() : JSON.stringify(row);
  });
}
