import type { SyncRecord } from '#shared/contract/sync/record.ts';

/** An expense that has just been queued, with what a test says otherwise. */
export function recordFixture(given: Partial<SyncRecord> = {}): SyncRecord {
  return {
    ...{ kind: 'expenses', crmId: 'exp-42', origin: 'crm', organisation: null, title: 'Fuel', date: '2026-11-28' },
    ...{ amount: { currency: 'AUD', amount: '86.40' }, wanted: 'present', wantedVersion: 3, sentVersion: null },
    ...{ state: 'waiting', stateSince: '2026-11-29T18:02:11Z', reason: null, problem: null, question: null },
    ...{ excluded: null, nextTryAt: null, tries: 0, xeroKind: null, xeroId: null, xeroNumber: null, xeroStatus: null },
    ...{ xeroUrl: null, syncedAt: null, syncedBy: null, also: [], notes: [], data: null },
    ...given,
  };
}
