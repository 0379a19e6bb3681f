/** What the people of a load run saw. Seconds are by the moved clock. */
export type Tally = {
  note(deed: string): void;
  noteRefusal(code: string): void;
  noteFigures(seconds: number): void;
  noteAct(seconds: number): void;
  noteInvoice(mark: string): void;
  noteTrouble(error: Error): void;
  read(): {
    deeds: Record<string, number>;
    refusals: Record<string, number>;
    troubles: Record<string, number>;
    figures: number[];
    acts: number[];
    invoices: string[];
  };
};

export function buildTally(): Tally {
  const deeds: Record<string, number> = {};
  const refusals: Record<string, number> = {};
  const troubles: Record<string, number> = {};
  const figures: number[] = [];
  const acts: number[] = [];
  const invoices: string[] = [];
  const add = (counts: Record<string, number>, name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  return {
    note: (deed) => add(deeds, deed),
    noteRefusal: (code) => add(refusals, code),
    noteFigures: (seconds) => figures.push(seconds),
    noteAct: (seconds) => acts.push(seconds),
    noteInvoice: (mark) => {
      add(deeds, 'invoice');
      invoices.push(mark);
    },
    noteTrouble: ({ message }) => add(troubles, message.slice(0, 160)),
    read: () => ({ deeds, refusals, troubles, figures, acts, invoices }),
  };
}

export function toQuantiles(values: readonly number[]): { count: number; median: number; p95: number; most: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * 10) / 10;
  return { count: sorted.length, median: at(0.5), p95: at(0.95), most: at(1) };
}
