/** Files of one question, and the test files that have to notice when one of them is changed. */
export type MutationGroup = { name: string; files: readonly string[]; tests: readonly string[] };

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
      'server/ledger/summary.ts',
      'server/ledger/figure.ts',
      'server/ledger/deal-bar.ts',
      'server/ledger/credit.ts',
    ],
    tests: ['shared/**/*.test.ts', 'server/ledger/*.test.ts'],
  },
  {
    name: 'identity',
    files: [
      'server/record-token/verify-record-token.ts',
      'server/session.ts',
      'server/store/access.ts',
      'server/store/links.ts',
    ],
    tests: [
      'server/record-token/*.test.ts',
      'test/integration/record-token.test.ts',
      'test/integration/store.test.ts',
      'test/integration/open.test.ts',
      'test/integration/link.test.ts',
    ],
  },
  {
    name: 'exactly once',
    files: [
      'server/use-cases/writes/settle-write.ts',
      'server/use-cases/writes/write-once.ts',
      'server/use-cases/writes/claims.ts',
      'server/use-cases/writes/end-write.ts',
      'server/use-cases/writes/judge-failure.ts',
      'server/use-cases/writes/send-gate.ts',
      'server/use-cases/writes/document-handler.ts',
      'server/use-cases/writes/under-lease.ts',
      'server/store/writes.ts',
      'server/store/write-claims.ts',
      'server/xero/look-for-writes.ts',
      'server/xero/send-gate.ts',
      'server/xero/write-proof.ts',
    ],
    tests: [
      'server/use-cases/writes/*.test.ts',
      'server/xero/send-gate.test.ts',
      'server/xero/write-proof.test.ts',
      'test/integration/gateway-looks.test.ts',
      'test/integration/write-outcomes.test.ts',
      'test/integration/write-stopped.test.ts',
      'test/integration/write-exactly-once.test.ts',
      'test/integration/write-claims.test.ts',
      'test/integration/write-actions.test.ts',
      'test/integration/write-documents.test.ts',
      'test/integration/store.test.ts',
    ],
  },
  {
    name: 'stream and limits',
    files: [
      'server/ledger/merge-document.ts',
      'server/ledger/pace.ts',
      'server/xero/read-changes.ts',
      'server/xero/retry-policy.ts',
      'server/xero/governor-policy.ts',
      'server/cache/governor-rules.ts',
    ],
    tests: [
      'server/ledger/*.test.ts',
      'server/xero/*.test.ts',
      'test/integration/change-stream.test.ts',
      'test/integration/cache.test.ts',
      'test/integration/gateway.test.ts',
      'test/integration/gateway-faults.test.ts',
    ],
  },
  {
    name: 'quotes kept whole',
    files: [
      'server/xero/say-quote-again.ts',
      'server/xero/line-discount.ts',
      'server/xero/parse-line.ts',
      'server/use-cases/writes/carry-lines.ts',
      'server/use-cases/writes/carry-tax.ts',
      'server/use-cases/writes/compute-line.ts',
    ],
    tests: ['server/xero/say-quote-again.test.ts', 'server/use-cases/writes/carry-lines.test.ts'],
  },
  {
    name: 'exact output',
    files: ['server/xero/exact-json.ts', 'server/routes/audit-csv.ts'],
    tests: ['server/xero/*.test.ts', 'server/routes/*.test.ts'],
  },
];
