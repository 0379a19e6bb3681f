import { toRecordSummary } from '#server/use-cases/sync/records/record-answer.ts';
import type { TestApp } from '../world/app.ts';

/** Tells the CRM so many times that the record changed its state, as the engine does. */
export async function appendState(
  { deps, workspace, clock }: Pick<TestApp, 'deps' | 'workspace' | 'clock'>,
  kind: string,
  crmId: string,
  times: number,
): Promise<void> {
  await deps.store.together(async (store) => {
    await store.records.hold(workspace.id);
    const connection = await store.connections.find(workspace.id);
    const organisationId = connection?.organisationId ?? '';
    const row = await store.records.find({ workspaceId: workspace.id, organisationId, kind, key: crmId });
    if (!row) throw new Error(`No record ${kind}/${crmId}`);
    const data = JSON.stringify({ record: toRecordSummary(row, null) });
    const at = clock.now().toISOString();
    const change = { organisationId, type: 'state', kind, crmId, xeroId: row.xeroId, state: row.state, at, data };
    await store.changes.append(
      workspace.id,
      Array.from({ length: times }, () => change),
    );
  });
}
