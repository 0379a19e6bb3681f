import type { SyncPlace } from '#server/sync-place.ts';
import { hashParts } from '#server/use-cases/writes/write-handler.ts';
import type { XeroTwin } from '#server/xero/records/records.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { KindMark, SyncKind, XeroElement } from '../../kinds/kind.ts';
import type { Candidate } from '../round.ts';

/**
 * The text by which a record is found in Xero, whatever version of it was sent: where a write was lost with the database
 * that knew it, the record itself still names it. A record that is made again has another one, and so has a record of
 * this id in another workspace, whose CRM may be connected to the same organisation. Undefined for a kind that is found
 * by its own number or name.
 */
export function toRecordMark(
  { mark }: SyncKind<PutKind>,
  { workspaceId, organisationId }: SyncPlace,
  { version, memory }: Pick<Candidate, 'version' | 'memory'>,
): string | undefined {
  return mark?.toMark(hashParts([workspaceId, organisationId, version.kind, version.crmId, memory.gone]).slice(0, 32));
}

/** The mark of a finished order's bill, of which there is one whatever version was finished. */
export function toBillMark(
  { mark }: Pick<SyncKind<PutKind>, 'mark'>,
  { workspaceId, organisationId }: SyncPlace,
  { kind, crmId }: { kind: PutKind; crmId: string },
): string | undefined {
  return mark?.toMark(hashParts([workspaceId, organisationId, kind, crmId, 'bill']).slice(0, 32));
}

export function putMark({ mark }: SyncKind<PutKind>, element: XeroElement, text: string | undefined): XeroElement {
  return mark && text !== undefined ? mark.put(element, text) : element;
}

/** Whether a twin carries this mark. */
export function isMarked(by: KindMark['by'], { number, row }: XeroTwin, text: string): boolean {
  return by === 'reference' ? (number ?? '').endsWith(text) : String(row.Url ?? '').includes(text);
}
