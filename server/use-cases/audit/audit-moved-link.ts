import type { Deps } from '#server/deps.ts';
import type { LinkRow } from '#server/store/store.ts';
import type { AuditRow } from '#server/store/tables/audit-store.ts';
import { systemUser } from '#server/use-cases/acting/principal.ts';
import { toAuditRow } from './audit.ts';

/** A link follows its contact to the contact that it was merged into. Somebody merged them in Xero, not here. */
export function buildAuditMovedLink(deps: Pick<Deps, 'clock'>) {
  return (link: LinkRow, to: { id: string; name: string }): AuditRow => {
    const { workspaceId, organisationId, record } = link;
    return toAuditRow(deps, {
      ...{ workspaceId, organisationId, record, user: systemUser, requestId: '' },
      ...{ action: 'move_link', outcome: 'moved', contactId: to.id, contactName: to.name },
      changes: [{ name: 'contact', before: link.contactName, after: to.name }],
    });
  };
}
