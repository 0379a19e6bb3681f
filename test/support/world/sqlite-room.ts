import Libsql from 'libsql';

/**
 * Limits how far the SQLite databases of this process may grow, like a full disk, with SQLite's own `max_page_count`.
 * The product does not expose its handle, so this intercepts its first pragma. Call it before the product opens a
 * database.
 */
export function watchSqliteRoom(): { takeAway(): void; giveBack(): void } {
  const opened = new Set<Libsql.Database>();
  const { pragma } = Libsql.prototype;
  Libsql.prototype.pragma = function (this: Libsql.Database, ...given: Parameters<typeof pragma>) {
    if (given[0].startsWith('journal_mode')) opened.add(this);
    return pragma.apply(this, given);
  };
  const limit = (pages: number) => {
    // The pragma returns the current size if that is larger.
    for (const database of opened) if (database.open) pragma.call(database, `max_page_count = ${pages}`);
  };
  // SQLite's own maximum, 2^32 - 2 pages (sqlite.org/limits.html).
  return { takeAway: () => limit(1), giveBack: () => limit(4_294_967_294) };
}
