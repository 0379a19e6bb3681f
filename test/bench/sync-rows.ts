import type { Store } from '#server/store/store.ts';
import type { RecordDataRow, RecordHistoryRow, RecordRow } from '#server/store/tables/records/record-store.ts';

/** The rows that the product wrote for a record: what the CRM said, its state, its history and the feed. */
export type Sample = {
  data: RecordDataRow;
  state: RecordRow;
  history: RecordHistoryRow;
  change: { type: string; data: { record: object } };
};

type Where = { workspaceId: string; organisationId: string };
type Sent = { kind: string; crmId: string; version: number; data: object };

export async function readSample(
  { records, changes }: Store,
  where: Where,
  { kind, crmId }: Pick<Sent, 'kind' | 'crmId'>,
): Promise<Sample> {
  const place = { ...where, kind, key: crmId };
  const data = await records.findData(where.workspaceId, kind, crmId);
  const state = await records.find(place);
  const [history] = await records.listHistory(place, 1);
  const change = (await changes.list(where.workspaceId, 0, 10)).find((one) => one.crmId === crmId);
  if (!data || !state || !history || !change) throw new Error('the product wrote no rows for the record');
  return { data, state, history, change: { type: change.type, data: JSON.parse(change.data) } };
}

/**
 * Inserts such rows for other records, in one transaction. They belong to another workspace. Their texts are as long as
 * those of the product, because a short row costs a database less than a long one.
 */
export async function insertLike(store: Store, sample: Sample, sent: readonly Sent[]): Promise<{ taken: number }> {
  const where = { workspaceId: 'bare', organisationId: sample.state.organisationId };
  const at = new Date().toISOString();
  const { type, data: told } = sample.change;
  await store.together(async ({ records, changes }) => {
    await records.hold(where.workspaceId);
    await records.put(
      ...sent.map(({ kind, crmId, version, data }) => ({
        ...sample.data,
        ...{ workspaceId: where.workspaceId, kind, crmId, version, data: JSON.stringify(data) },
      })),
    );
    await records.save(...sent.map(({ kind, crmId }) => ({ ...sample.state, ...where, kind, key: crmId, crmId })));
    await records.appendHistory(
      ...sent.map(({ kind, crmId }) => ({ ...sample.history, workspaceId: where.workspaceId, kind, key: crmId })),
    );
    await changes.append(
      where.workspaceId,
      sent.map(({ kind, crmId }) => ({
        ...{ organisationId: where.organisationId, type, kind, crmId, xeroId: null, at, state: sample.state.state },
        data: JSON.stringify({ record: { ...told.record, crmId } }),
      })),
    );
  });
  return { taken: sent.length };
}
