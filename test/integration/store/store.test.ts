import { afterAll, beforeAll, describe } from 'vitest';
import type { StoreOptions } from '#server/store/open-store.ts';
import type { Store } from '#server/store/store.ts';
import { accessSuite } from './suites/access.ts';
import { auditSuite, narrowedAuditSuite } from './suites/audit.ts';
import { openStores, type StoreContext, storeBackends } from './suites/backends.ts';
import { connectionChecksSuite, endedConnectionsSuite, sealedTextsSuite } from './suites/connection-checks.ts';
import { changingConnectionsSuite, connectionsSuite } from './suites/connections.ts';
import { dealDocumentsSuite } from './suites/deal-documents.ts';
import { leaseSuite, movedClockLeaseSuite } from './suites/leases.ts';
import { linkedContactsSuite } from './suites/linked-contacts.ts';
import { linksSuite } from './suites/links.ts';
import { callsSuite, manyLeasesSuite, manyWritesListsSuite, manyWritesSuite } from './suites/many-writes.ts';
import { oneTimeSuite } from './suites/one-time.ts';
import { recordDataSuite, recordHistorySuite, recordsSuite, undecidedRecordsSuite } from './suites/records.ts';
import { sessionsSuite } from './suites/sessions.ts';
import { changesSuite, keptChangesSuite, openChangesSuite, orderedChangesSuite } from './suites/sync/changes.ts';
import { duePlacesSuite, dueRecordsSuite, leasedRecordsSuite, wakingSuite } from './suites/sync/due-records.ts';
import { longListsSuite } from './suites/sync/long-lists.ts';
import { dueReadersSuite, readersSuite, wokenReadersSuite } from './suites/sync/readers.ts';
import { namedRecordsSuite, recordCountsSuite } from './suites/sync/record-counts.ts';
import { restoredSyncSuite } from './suites/sync/restores.ts';
import { oldRunsSuite, runRowsSuite, runsSuite } from './suites/sync/runs.ts';
import { syncSettingsSuite } from './suites/sync/settings.ts';
import { removedWebhooksSuite, webhooksSuite } from './suites/sync/webhooks.ts';
import { togetherSuite } from './suites/together.ts';
import { unfinishedWritesSuite } from './suites/unfinished-writes.ts';
import { upkeepSuite } from './suites/upkeep.ts';
import { workspacesSuite } from './suites/workspaces.ts';
import {
  sentWritesSuite,
  writeEndsSuite,
  writeReservationsSuite,
  writeStepsSuite,
  writesSuite,
} from './suites/writes.ts';

for (const backend of storeBackends) {
  describe(`store on ${backend.name}`, () => {
    let store: Store;
    let options: StoreOptions;
    let stop: () => Promise<void>;
    let stores: ReturnType<typeof openStores>;

    beforeAll(async () => {
      ({ options, stop } = await backend.start());
      stores = openStores(options);
      store = await stores.open();
    });
    afterAll(async () => {
      await stores.closeAll();
      await stop();
    });

    const context: StoreContext = { store: () => store, options: () => options, openAnother: () => stores.open() };
    workspacesSuite(context);
    sessionsSuite(context);
    connectionsSuite(context);
    changingConnectionsSuite(context);
    leaseSuite(context);
    movedClockLeaseSuite(context);
    connectionChecksSuite(context);
    endedConnectionsSuite(context);
    sealedTextsSuite(context);
    oneTimeSuite(context);
    linksSuite(context);
    linkedContactsSuite(context);
    dealDocumentsSuite(context);
    accessSuite(context);
    writesSuite(context);
    unfinishedWritesSuite(context);
    recordDataSuite(context);
    undecidedRecordsSuite(context);
    recordsSuite(context);
    recordHistorySuite(context);
    longListsSuite(context);
    dueRecordsSuite(context);
    leasedRecordsSuite(context);
    wakingSuite(context);
    duePlacesSuite(context);
    recordCountsSuite(context);
    namedRecordsSuite(context);
    syncSettingsSuite(context);
    runsSuite(context);
    runRowsSuite(context);
    oldRunsSuite(context);
    changesSuite(context);
    orderedChangesSuite(context);
    openChangesSuite(context);
    keptChangesSuite(context);
    readersSuite(context);
    dueReadersSuite(context);
    wokenReadersSuite(context);
    webhooksSuite(context);
    removedWebhooksSuite(context);
    writeEndsSuite(context);
    writeReservationsSuite(context);
    sentWritesSuite(context);
    manyWritesSuite(context);
    manyWritesListsSuite(context);
    manyLeasesSuite(context);
    callsSuite(context);
    writeStepsSuite(context);
    auditSuite(context);
    narrowedAuditSuite(context);
    togetherSuite(context);
    upkeepSuite(context);
    restoredSyncSuite(context);
  });
}
