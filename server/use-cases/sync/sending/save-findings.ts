import { isDeepStrictEqual } from 'node:util';
import type { Deps } from '#server/deps.ts';
import type { Repositories } from '#server/store/store.ts';
import type { RecordPlace, RecordRow } from '#server/store/tables/records/record-store.ts';
import type { RunRecordRow } from '#server/store/tables/sync/run-store.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import { releaseRecord } from '../actions/release-record.ts';
import { endInRun } from '../actions/run-rows.ts';
import { toRefused, toUndoProblem } from '../actions/undo-refusal.ts';
import { toOrganisationName } from '../records/record-answer.ts';
import { type StateChange, saveStates } from '../records/save-states.ts';
import { parseVersion } from '../records/store-versions.ts';
import { readMapping } from '../settings/read-mapping.ts';
import { readRules } from '../settings/read-rules.ts';
import type { OrganisationFacts } from './look/organisation-facts.ts';
import type { Plan } from './look/plan.ts';
import { applyFinding, type Finding, isOvertaken } from './outcome.ts';
import type { Round } from './round.ts';

/** `place`: the record that was looked at. `plan`: what was planned for it, if anything was. */
export type Found = { place: RecordPlace; finding: Finding; plan?: Pick<Plan, 'outcome'> };

/**
 * `by`: who is named in the history where nobody pressed a button. `settings`: the mapping and the rules that the records
 * were looked at with, if they were.
 */
export type Saving = {
  deps: Pick<Deps, 'store' | 'clock'>;
  place: SyncPlace;
  by: { id: string; name: string };
  settings?: Pick<OrganisationFacts, 'mapping' | 'rules'>;
};

export function toSaving({ acting: { deps, caller }, facts }: Round): Saving {
  const { workspaceId, organisationId } = caller;
  const by = { id: workspaceId, name: facts.workspaceName };
  return { deps, place: { workspaceId, organisationId }, by, settings: facts };
}

/** `row`: what a run says of the record. `runId`: the run that it was looked at for. */
export type Saved = { before: RecordRow; after: RecordRow; row: RunRecordRow | undefined; runId: string | null };

/**
 * Saves what the looks found, in one transaction. A newer version or a person's choice that arrived in the meantime is
 * kept. Records that waited for one of these become due.
 */
export async function saveFindings(
  { deps, place: where, by, settings }: Saving,
  found: readonly Found[],
): Promise<Saved[]> {
  if (found.length === 0) return [];
  const { workspaceId } = where;
  return deps.store.together(async (store) => {
    await store.records.hold(workspaceId);
    const now = deps.clock.now();
    const at = now.toISOString();
    const held = await store.records.findMany(
      where,
      found.map(({ place }) => place),
    );
    const release = await readRelease(store, where, { found, at });
    const saved = found.flatMap((one) => {
      const { place, finding } = one;
      const before = held.find((row) => toName(row) === toName(place));
      if (!before) return [];
      const ended = release(before, one) ?? endInRun(applyFinding(before, finding, now), { finding, plan: one.plan });
      const { history, looked: { runId } = before } = finding;
      const told = history && { ...history, by: finding.by ?? by, version: finding.version };
      // Another run may have taken it up during the look. It waits for that one.
      const after = runId === before.runId ? ended.after : { ...ended.after, runId: before.runId };
      return [{ before, after, row: ended.row, runId, ...(told && { history: told }) }];
    });
    await noticeMoved(store, where, { saved, at });
    if (settings) await noticeSettings(store, where, { saved, at, settings });
    const organisation = toOrganisationName(await store.connections.find(workspaceId));
    await saveStates(store, saved satisfies StateChange[], { organisation, at });
    await wakeWaiting(store, where, { saved, at });
    return saved;
  });
}

type Ended = ReturnType<typeof endInRun>;

/** What an undo could not take back stands again as it did before, and the run says why. */
async function readRelease(
  store: Repositories,
  where: SyncPlace,
  { found, at }: { found: readonly Found[]; at: string },
): Promise<(before: RecordRow, found: Found) => Ended | undefined> {
  const isRefused = ({ finding: { memory, outcome } }: Found): boolean =>
    memory.undoneBy !== null && ['problem', 'question'].includes(outcome.type);
  const places = found.filter(isRefused).map(({ place }) => place);
  if (places.length === 0) return () => undefined;
  const data = await store.records.findManyData(where.workspaceId, places);
  const versions = new Map(data.map((row) => [toName({ kind: row.kind, key: row.crmId }), parseVersion(row)]));
  const rules = await readRules(store, where);
  return (before, one) => {
    const version = isRefused(one) ? versions.get(toName(before)) : undefined;
    if (!version || isOvertaken(before, one.finding)) return undefined;
    const after = releaseRecord(applyFinding(before, one.finding, new Date(at)), { version, rules, at });
    return { after, row: toRefused(after, toUndoProblem(after, one.finding.outcome)) };
  };
}

type Moving = { saved: readonly Saved[]; at: string };

/** The record that another one waits for may have reached Xero in the meantime. Then the other one is due at once. */
async function noticeMoved(store: Repositories, where: SyncPlace, { saved, at }: Moving): Promise<void> {
  // One with a problem has seen the other one as it is in Xero.
  const waiting = saved.filter(({ after }) => after.state === 'waiting' && after.blockedOn?.startsWith('record:'));
  if (waiting.length === 0) return;
  const names = waiting.map(({ after }) => parseName(after.blockedOn?.slice('record:'.length) ?? ''));
  const inXero = new Set(
    (await store.records.findMany(where, names)).filter(({ xeroId }) => xeroId !== null).map(toName),
  );
  for (const { after } of waiting) {
    if (inXero.has(after.blockedOn?.slice('record:'.length) ?? '')) after.nextTryAt = at;
  }
}

/**
 * An admin may have changed the mapping or the rules during the look. What the change was to wake did not wait for it
 * yet, so it is due at once.
 */
async function noticeSettings(
  store: Repositories,
  where: SyncPlace,
  { saved, at, settings }: Moving & { settings: NonNullable<Saving['settings']> },
): Promise<void> {
  const held = saved.filter(({ after }) => after.state === 'problem' && after.blockedOn !== null);
  if (held.length === 0) return;
  const [mapping, rules] = await Promise.all([readMapping(store, where), readRules(store, where)]);
  if (isDeepStrictEqual([mapping, rules], [settings.mapping, settings.rules])) return;
  for (const { after } of held) after.nextTryAt = at;
}

async function wakeWaiting(store: Repositories, where: SyncPlace, { saved, at }: Moving): Promise<void> {
  const moved = saved.filter(({ before, after }) => before.xeroId !== after.xeroId || before.state !== after.state);
  const names = moved.map(({ after }) => `record:${toName(after)}`);
  if (names.length > 0) await store.records.wake(where, names, at);
}

/** The name of a record among those of an organisation. */
export function toName({ kind, key }: Pick<RecordPlace, 'kind' | 'key'>): string {
  return `${kind}/${key}`;
}

function parseName(name: string): Pick<RecordPlace, 'kind' | 'key'> {
  const at = name.indexOf('/');
  return { kind: name.slice(0, at), key: name.slice(at + 1) };
}
