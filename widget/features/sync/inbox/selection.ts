import type { RouteBody } from '#shared/contract/route.ts';

import type { actOnRecordsRoute, RecordAction, syncRecordsRoute } from '#shared/contract/sync/actions.ts';
import type { RecordKind } from '#shared/contract/sync/kinds.ts';
import type { RecordState, RecordSummary } from '#shared/contract/sync/record.ts';
import type { InboxFilter } from '../place.ts';

type BulkAction = Exclude<RecordAction, 'answer'>;
export type BulkRequest = NonNullable<RouteBody<typeof actOnRecordsRoute>>;

export type PlanRequest = NonNullable<RouteBody<typeof syncRecordsRoute>>;

/** The chosen records by their keys, or all that the filter finds. */
export type Selection = ReadonlyMap<string, RecordSummary> | 'all';

export function keyOf({ kind, crmId, xeroId }: RecordSummary): string {
  return `${kind} ${crmId ?? `xero:${xeroId}`}`;
}

/** Records that came from Xero are the CRM's to accept; nothing can be done with them here. */
export function isSelectable({ origin, crmId }: RecordSummary): boolean {
  return origin === 'crm' && crmId !== null;
}

/** In which states each action is possible, as on the server. */
const possible: Readonly<Record<BulkAction, readonly RecordState[]>> = {
  sync: ['changed', 'synced', 'excluded'],
  retry: ['problem', 'waiting'],
  include: ['excluded'],
  exclude: ['waiting', 'changed', 'problem', 'question', 'synced'],
};
const actions = ['sync', 'retry', 'include', 'exclude'] as const satisfies readonly BulkAction[];

/** The actions that mean something for at least one record in these states. No states: any state. */
export function listBulkActions(states: readonly RecordState[]): BulkAction[] {
  return actions.filter((action) => states.length === 0 || states.some((state) => possible[action].includes(state)));
}

export function statesOf(selection: Selection, filter: InboxFilter): readonly RecordState[] {
  if (selection === 'all') return filter.states;
  return [...new Set([...selection.values()].map(({ state }) => state))];
}

/** As many records as one request may name. */
const mostIds = 500;

type Act = { action: RecordAction; choice?: string };

/** The requests that do this with all of the selection. One that names records names those of one kind. */
export function toRequests(selection: Selection, filter: InboxFilter, act: Act): BulkRequest[] {
  if (selection === 'all') return [{ ...act, ...toKind(filter), filter: toFilter(filter) }];
  const records = [...selection.values()];
  const kinds = [...new Set(records.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const ids = records.flatMap((record) => (record.kind === kind ? (record.crmId ?? []) : []));
    return inParts(ids).map((crmIds) => ({ ...act, kind, crmIds }));
  });
}

/** The dry runs of all of the selection; none where it has all kinds, as a dry run is about one kind. */
export function toPlans(selection: Selection, filter: InboxFilter): PlanRequest[] {
  return toRequests(selection, filter, { action: 'sync' }).flatMap(({ kind, crmIds, filter: found }) =>
    kind === undefined ? [] : [{ kind, dryRun: true, ...(crmIds ? { crmIds } : { filter: found }) }],
  );
}

function inParts(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / mostIds) }, (_, at) =>
    ids.slice(at * mostIds, (at + 1) * mostIds),
  );
}

function toKind({ kind }: InboxFilter): { kind?: RecordKind } {
  return kind === '' ? {} : { kind };
}

function toFilter({ states, code, search, heldBy }: InboxFilter) {
  return {
    ...(states.length > 0 && { state: [...states] }),
    ...(code !== '' && { code: [code] }),
    ...(search !== '' && { search }),
    ...(heldBy !== '' && { heldBy }),
  };
}

/** The same filter as the query of the list. */
export function toQuery({ kind, states, code, search, heldBy }: InboxFilter): Record<string, string> {
  return {
    ...(kind !== '' && { kind }),
    ...(states.length > 0 && { state: states.join(',') }),
    ...(code !== '' && { code }),
    ...(search !== '' && { search }),
    ...(heldBy !== '' && { heldBy }),
  };
}
