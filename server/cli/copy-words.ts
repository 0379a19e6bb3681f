import type { Copy } from '#server/store/sqlite/copy.ts';

/** What an operator reads about a copy. */
export function describeCopy({ bytes, newestAct, rows }: Copy): string {
  const { links, writes, audit } = rows;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB, ${links} links, ${writes} writes, ${audit} acts; ${newestWords(newestAct)}`;
}

export function newestWords(newestAct: string | null): string {
  return newestAct === null ? 'nothing was done in it' : `the newest act is of ${newestAct}`;
}

/** Names files: `2026-11-22T14-02-00Z`. */
export function toStamp(now: Date): string {
  return now.toISOString().replace(/\.\d+/, '').replaceAll(':', '-');
}

/** What it means that the database is as old as its copy. */
export function meaningOfCopy({ writes, steps }: { writes: number; steps: number }): string {
  return `What that means:
- Xero: its tokens change with every use. Those of a copy may be refused; then admins read "Reconnect needed" and connect
  once more. Links are kept.
- Access: people and keys that were taken away since the copy have their rights again. Look at the access list in the
  settings, and at: npm run workspace -- list, and keys --id ID.
- Links, choices and settings made since the copy are gone.
- Documents stand in Xero and are shown as before. Before a line of a deal is invoiced or a quote is converted again, Xero
  is asked whether an invoice that was made here stands for it. Forms that were open during the restore are to be closed, not saved again.
- Not confirmed by Xero when the copy was made: ${writes} documents and ${steps} notes, marks or e-mails. Each is looked for in Xero
  before anything is sent.
- The audit has a gap from the copy to now, and an act that says so. Everybody is asked to sign in anew, by themselves.`;
}
