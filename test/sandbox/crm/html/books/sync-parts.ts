import type { SyncState } from '../../books/row.ts';
import { formatInstant } from '../format.ts';
import { chip, link } from '../parts.ts';
import { h, type Tree } from '../tree.ts';

const words: Readonly<Record<string, string>> = {
  waiting: 'Waiting',
  synced: 'Synced',
  changed: 'Not sent',
  problem: 'Problem',
  question: 'Question',
  excluded: 'Left out',
  unsupported: 'Does not travel',
  refused: 'Refused',
};

const tones: Readonly<Record<string, string>> = {
  synced: 'good',
  ...{ problem: 'bad', refused: 'bad', question: 'ask' },
  ...{ waiting: 'quiet', excluded: 'quiet', unsupported: 'quiet' },
};

/** What Ledgerside last said of the record, in the column "Synced". */
export function syncChip(sync: SyncState | null): Tree | undefined {
  if (!sync) return undefined;
  const { state, message, syncedAt } = sync;
  const text = words[state] ?? state;
  const title = state === 'synced' && syncedAt ? formatInstant(syncedAt) : (message ?? undefined);
  return h('span', { title }, chip(text, tones[state] ?? 'plain'));
}

const shownLetters = 8;

/** The beginning of the id, which leads to the document in Xero. */
export function xeroIdLink(sync: SyncState | null): Tree | undefined {
  if (!sync?.xeroId) return undefined;
  const text = sync.xeroId.length > shownLetters ? `${sync.xeroId.slice(0, shownLetters)}…` : sync.xeroId;
  return sync.xeroUrl
    ? h('a', { href: sync.xeroUrl, title: sync.xeroId, target: '_blank', rel: 'noopener noreferrer' }, text)
    : h('span', { title: sync.xeroId }, text);
}

/** The facts of a record's card "Xero". */
export function listSyncFacts(sync: SyncState | null): (readonly [string, Tree | string | undefined])[] {
  if (!sync) return [['State', 'Not sent yet']];
  const { message, xeroId, xeroNumber, xeroUrl, syncedAt } = sync;
  return [
    ['State', syncChip(sync)],
    ...(message ? ([['Why', message]] as const) : []),
    ['Number', xeroNumber ?? undefined],
    ['Xero ID', xeroId ?? undefined],
    ['Synced', syncedAt ? formatInstant(syncedAt) : undefined],
    ['Page', xeroUrl ? link(xeroUrl, 'View in Xero') : undefined],
  ];
}

/** What became of "Sync to Xero". */
export type SentNotice = { taken: number; refused: number } | { failed: true };

export function noticeLine(notice: SentNotice | undefined): Tree {
  return h('p', { class: 'notice', role: 'status' }, notice && toNotice(notice));
}

function toNotice(notice: SentNotice): string {
  if ('failed' in notice)
    return 'Ledgerside did not answer. Nothing is lost: the records are sent again by themselves.';
  const { taken, refused } = notice;
  const sent = `${taken} ${taken === 1 ? 'record' : 'records'} handed to Ledgerside.`;
  return refused === 0 ? sent : `${sent} ${refused} refused: each says why.`;
}
