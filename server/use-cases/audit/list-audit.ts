import type { Deps } from '#server/deps.ts';
import type { ConnectionRow } from '#server/store/store.ts';
import type { AuditPage, AuditRow } from '#server/store/tables/audit-store.ts';
import { type Person, requireAdmin } from '#server/use-cases/acting/principal.ts';
import { findContactUrl, findDocumentUrl, toXeroPages } from '#server/use-cases/acting/xero-pages.ts';
import { type AuditEntry, type AuditList, auditEntriesPerPage } from '#shared/contract/audit.ts';
import { type DocumentKind, documentKindSchema } from '#shared/contract/document.ts';
import { parseAuditDetails } from './audit.ts';

export type AuditFilter = Pick<AuditPage, 'userId' | 'action'>;

/** Lists the audit of this workspace, newest first; for admins. */
export async function listAudit(
  deps: Deps,
  person: Person,
  query: AuditFilter & { before?: string },
): Promise<AuditList> {
  requireAdmin(person);
  const { workspaceId } = person.session;
  const toEntry = await buildToEntry(deps, workspaceId);
  const [rows, users] = await Promise.all([
    // One more row than a page tells whether there is another page.
    deps.store.audit.list(workspaceId, { ...query, limit: auditEntriesPerPage + 1 }),
    deps.store.audit.listUsers(workspaceId),
  ]);
  const page = rows.slice(0, auditEntriesPerPage);
  const next = rows.length > page.length ? (page.at(-1)?.id ?? null) : null;
  return { entries: page.map(toEntry), next, users };
}

const exportedAtOnce = 500;

/** Reads the whole audit, page by page, so that its size does not matter; for admins. */
export async function* readAudit(deps: Deps, person: Person, filter: AuditFilter): AsyncGenerator<AuditEntry> {
  requireAdmin(person);
  const { workspaceId } = person.session;
  const toEntry = await buildToEntry(deps, workspaceId);
  let before: string | undefined;
  do {
    const rows = await deps.store.audit.list(workspaceId, {
      ...filter,
      ...(before && { before }),
      limit: exportedAtOnce,
    });
    for (const row of rows) yield toEntry(row);
    before = rows.length < exportedAtOnce ? undefined : rows.at(-1)?.id;
  } while (before !== undefined);
}

/** Links open the connected organisation. Documents of another organisation get no link. */
async function buildToEntry(deps: Deps, workspaceId: string): Promise<(row: AuditRow) => AuditEntry> {
  const connection = await deps.store.connections.find(workspaceId);
  const link = buildLinks(deps, connection);
  return (row) => {
    const details = parseAuditDetails(row);
    const { record, contactId, documentId: id, requestId } = row;
    const kind = findKind(row);
    return {
      id: row.id,
      at: row.at,
      user: { id: row.userId, name: row.userName },
      action: row.action,
      outcome: row.outcome,
      record: record && { ...record, name: details.recordName ?? null },
      contact:
        contactId === null && details.contactName === undefined
          ? null
          : { id: contactId, name: details.contactName ?? null, url: link(row, 'contact', contactId) },
      document: id === null ? null : { kind, id, number: details.documentNumber ?? null, url: link(row, kind, id) },
      fileName: details.fileName ?? null,
      changes: details.changes ?? [],
      requestId: requestId === '' ? null : requestId,
    };
  };
}

type Linked = 'contact' | DocumentKind;

/** Only documents of the connected organisation have a page that can be opened. */
function buildLinks(deps: Pick<Deps, 'config'>, connection: ConnectionRow | undefined) {
  const pages = toXeroPages({ deps, connection });
  return ({ organisationId }: AuditRow, kind: Linked | null, id: string | null): string | null => {
    if (kind === null || id === null || organisationId !== connection?.organisationId) return null;
    return kind === 'contact' ? findContactUrl(pages, id) : findDocumentUrl(pages, { kind, id });
  };
}

/** Rows of earlier releases have no kind; the action's name contains it. */
function findKind({ documentKind, action }: AuditRow) {
  return documentKindSchema.safeParse(documentKind ?? action.replace('create_', '')).data ?? null;
}
