import { type Kysely, sql } from 'kysely';
import type { Dialect } from '../database.ts';

/** Makes the database itself refuse to change or remove an audit row. */
export async function guardAudit(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const statements = dialect === 'sqlite' ? sqliteStatements : postgresStatements;
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const sqliteStatements = [
  `create trigger audit_keeps_rows before update on audit
   begin select raise(abort, 'audit is append only'); end`,
  `create trigger audit_keeps_all_rows before delete on audit
   begin select raise(abort, 'audit is append only'); end`,
  // "insert or replace" removes a row without firing a delete trigger.
  `create trigger audit_replaces_no_row before insert on audit
   when exists (select 1 from audit where id = new.id)
   begin select raise(abort, 'audit is append only'); end`,
];

const postgresStatements = [
  `create function audit_is_append_only() returns trigger language plpgsql as
   $$ begin raise exception 'audit is append only' using errcode = 'restrict_violation'; end $$`,
  `create trigger audit_keeps_rows before update or delete on audit
   for each row execute function audit_is_append_only()`,
  `create trigger audit_keeps_all_rows before truncate on audit
   for each statement execute function audit_is_append_only()`,
];
