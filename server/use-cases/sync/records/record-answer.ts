import { z } from 'zod';
import type { ConnectionRow } from '#server/store/store.ts';
import type { RecordDataRow, RecordRow } from '#server/store/tables/records/record-store.ts';
import { findOrganisation } from '#server/use-cases/acting/organisation.ts';
import { recordKindSchema } from '#shared/contract/sync/kinds.ts';
import { type RecordSummary, recordStateSchema, type SyncRecord } from '#shared/contract/sync/record.ts';
import { joinReceipt } from './receipt.ts';
import { parseRecordDetails } from './record-details.ts';

export type OrganisationName = RecordSummary['organisation'];

/** The organisation that is connected now, or was last; null before the first connection. */
export function toOrganisationName(connection: ConnectionRow | undefined): OrganisationName {
  const id = connection?.organisationId ?? null;
  return id === null ? null : { id, name: findOrganisation(connection)?.name ?? '' };
}

/** A record as lists, results and the feed have it: without its data. */
export function toRecordSummary(row: RecordRow, organisation: OrganisationName): RecordSummary {
  const { crmId, xeroId, origin, stateSince, nextTryAt, tries, title, date, amount, currency } = row;
  const { wanted, wantedVersion, sentVersion } = row;
  return {
    ...{ kind: recordKindSchema.parse(row.kind), crmId, origin, organisation, title, date },
    amount: amount !== null && currency !== null ? { amount, currency } : null,
    ...{ wanted, wantedVersion, sentVersion },
    ...{ state: recordStateSchema.parse(row.state), stateSince, nextTryAt, tries, xeroId },
    ...parseRecordDetails(row.details),
  };
}

const dataSchema = z.record(z.string(), z.unknown());

export function toRecordAnswer(
  row: RecordRow,
  stored: Pick<RecordDataRow, 'data' | 'receipt'> | undefined,
  organisation: OrganisationName,
): SyncRecord {
  const summary = toRecordSummary(row, organisation);
  if (!stored || stored.data === null) return { ...summary, data: null };
  return { ...summary, data: joinReceipt(dataSchema.parse(JSON.parse(stored.data)), stored.receipt) };
}
