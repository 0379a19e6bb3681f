import Libsql from 'libsql';

/**
 * Sets how far the SQLite databases of this process may grow, as a full disk would: by SQLite's own `max_page_count`.
 * The product keeps its handle to itself, so its first pragma is listened to; call this before it opens anything.
 */
export function watchSqliteRoom(): { takeAway(): void; giveBack(): void } {
  const opened = new Set<Libsql.Database>();
  const { pragma } = Libsql.prototype;
  Libsql.prototype.pragma = function (this: Libsql.Database, ...given: Parameters<typeof pragma>) {
    if (given[0].startsWith('journal_mode')) opened.add(this);
    return pragma.apply(this, given);
  };
  const limit = (pages: number) => {
    // The pragma answers with the size it has when that is more.
    for (const database of opened) if (database.open) pragma.call(database, `max_page_count = ${pages}`);
  };
  // SQLite's own bound, 2^32 - 2 pages (sqlite.org/limits.html).
  return { takeAway: () => limit(1), giveBack: () => limit(4_294_967_294) };
}
