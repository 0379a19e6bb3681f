import type { Copy } from '#server/store/sqlite/copy.ts';

/** Describes a copy to the operator. */
export function describeCopy({ bytes, newestAct, rows }: Copy): string {
  const { links, writes, audit } = rows;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB, ${links} links, ${writes} writes, ${audit} audit entries; ${newestWords(newestAct)}`;
}

export function newestWords(newestAct: string | null): string {
  return newestAct === null ? 'no activity' : `latest activity: ${newestAct}`;
}

/** A timestamp for file names: `2026-11-22T14-02-00Z`. */
export function toStamp(now: Date): string {
  return now.toISOString().replace(/\.\d+/, '').replaceAll(':', '-');
}

/** Explains what restoring an older database means. */
export function meaningOfCopy({ writes, steps }: { writes: number; steps: number }): string {
  return `What this means:
- Xero tokens change with every use, so Xero may refuse those of the copy. Admins then see "Reconnect needed" and connect
  again. Links are kept.
- People and keys that were removed since the copy have access again. Check the access list in the settings, and run:
  npm run workspace -- list, and keys --id ID.
- Links, choices and settings made since the copy are gone.
- Documents are still in Xero and shown as before. Before a line of a deal is invoiced or a quote is converted again, Xero
  is asked whether an invoice made here already covers it. Close forms that were open during the restore; do not save them again.
- Not confirmed by Xero when the copy was made: ${writes} documents and ${steps} notes, marks or e-mails. Each is searched for in
  Xero before anything is sent.
- The audit log has a gap from the copy to now, and an entry that says so. Open widgets sign in again automatically.`;
}
