/**
 * Files of one question, and the test files that have to notice when one of them is changed. `tests` run first. What
 * they leave alive meets `slowTests` too, which start servers and wait.
 */
export type MutationGroup = {
  name: string;
  files: readonly string[];
  tests: readonly string[];
  slowTests?: readonly string[];
};

/**
 * Where money, identity, exactly-once, freshness and Xero's limits are decided. Each group runs only the tests that
 * can notice, as every mutant runs the tests that reach it.
 */
export const mutationGroups: readonly MutationGroup[] = [
  {
    name: 'money',
    files: [
      'shared/money.ts',
      'shared/currency.ts',
      'shared/calendar.ts',
      'shared/document-totals.ts',
      'shared/payment-terms.ts',
      'server/ledger/sums/summary.ts',
      'server/ledger/sums/figure.ts',
      'server/ledger/sums/deal-bar.ts',
      'server/xero/documents/credit.ts',
    ],
    tests: ['shared/**/*.test.ts', 'server/ledger/sums/*.test.ts', 'server/xero/documents/*.test.ts'],
  },
  {
    name: 'identity',
    files: [
      'server/identity/verify-record-token.ts',
      'server/identity/verify-signed-claims.ts',
      'server/identity/session.ts',
      'server/store/tables/access.ts',
      'server/store/tables/links.ts',
    ],
    tests: ['server/identity/*.test.ts'],
    slowTests: [
      'test/integration/identity/record-token.test.ts',
      'test/integration/store/store.test.ts',
      'test/integration/identity/open.test.ts',
      'test/integration/contacts/link.test.ts',
    ],
  },
  {
    name: 'exactly once',
    files: [
      'server/use-cases/writes/resolve-write.ts',
      'server/use-cases/writes/write-once.ts',
      'server/use-cases/documents/reservations.ts',
      'server/use-cases/writes/many/write-many.ts',
      'server/use-cases/writes/many/resolve-many.ts',
      'server/use-cases/writes/many/search-many.ts',
      'server/use-cases/writes/many/plan-calls.ts',
      'server/use-cases/writes/many/send-many.ts',
      'server/use-cases/writes/many/many-round.ts',
      'server/use-cases/writes/write-closing.ts',
      'server/use-cases/writes/end-write.ts',
      'server/use-cases/writes/judge-failure.ts',
      'server/use-cases/writes/send-gate.ts',
      'server/use-cases/documents/document-handler.ts',
      'server/use-cases/writes/leases.ts',
      'server/use-cases/writes/under-lease.ts',
      'server/use-cases/writes/many/under-leases.ts',
      'server/store/tables/writes/writes.ts',
      'server/store/tables/writes/many-writes.ts',
      'server/store/tables/writes/write-reservations.ts',
      'server/xero/documents/writes/find-written.ts',
      'server/xero/calling/send-gate.ts',
      'server/xero/calling/write-proof.ts',
    ],
    tests: [
      'server/use-cases/{writes,documents}/**/*.test.ts',
      'server/xero/calling/send-gate.test.ts',
      'server/xero/calling/write-proof.test.ts',
      'server/xero/documents/writes/find-written*.test.ts',
      'test/integration/store/store.test.ts',
    ],
    slowTests: [
      'test/integration/xero/gateway-searches.test.ts',
      'test/integration/writes/write-outcomes.test.ts',
      'test/integration/writes/write-stopped.test.ts',
      'test/integration/writes/write-exactly-once.test.ts',
      'test/integration/writes/write-reservations.test.ts',
      'test/integration/documents/write-actions.test.ts',
      'test/integration/documents/write-documents.test.ts',
    ],
  },
  {
    name: 'stream and limits',
    files: [
      'server/ledger/entries/merge-document.ts',
      'server/ledger/stream/pace.ts',
      'server/xero/documents/lists/read-changes.ts',
      'server/xero/calling/retry-policy.ts',
      'server/xero/calling/governor-policy.ts',
      'server/cache/governor-rules.ts',
    ],
    tests: ['server/ledger/**/*.test.ts', 'server/xero/**/*.test.ts'],
    slowTests: [
      'test/integration/ledger/change-stream.test.ts',
      'test/integration/cache/cache.test.ts',
      'test/integration/xero/gateway.test.ts',
      'test/integration/xero/gateway-faults.test.ts',
    ],
  },
  {
    name: 'quotes kept whole',
    files: [
      'server/xero/documents/writes/say-quote-again.ts',
      'server/xero/documents/line-discount.ts',
      'server/xero/documents/parse-line.ts',
      'server/use-cases/documents/carry/carry-lines.ts',
      'server/use-cases/documents/carry/carry-tax.ts',
      'server/use-cases/documents/carry/compute-line.ts',
    ],
    tests: [
      'server/xero/documents/writes/say-quote-again.test.ts',
      'server/use-cases/documents/carry/carry-lines.test.ts',
    ],
  },
  {
    name: 'exact output',
    files: ['server/xero/bytes/exact-json.ts', 'server/http/routes/audit-csv.ts'],
    tests: ['server/xero/bytes/*.test.ts', 'server/http/routes/*.test.ts'],
  },
];
