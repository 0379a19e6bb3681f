/** One call of the API or of identity, as Xero received it. */
export type JournalEntry = {
  method: string;
  path: string;
  query: Record<string, string>;
  /** 0 when no answer was sent: dropped, hanging or lost. */
  status: number;
  requestBytes: number;
  responseBytes: number;
  /** An ISO instant by Xero's clock. */
  at: string;
  idempotencyKey?: string;
  tenantId?: string;
};

export type Journal = { add(entry: JournalEntry): void; list(): JournalEntry[]; clear(): void };

export function createJournal(): Journal {
  let entries: JournalEntry[] = [];
  return {
    add: (entry) => {
      entries.push(entry);
    },
    list: () => entries,
    clear: () => {
      entries = [];
    },
  };
}
