import type { Row, SyncState } from '../../books/row.ts';
import { formatInstant } from '../format.ts';
import { card, chip, facts, link } from '../parts.ts';
import { type Child, h, type Tree } from '../tree.ts';

/** It waits for Ledgerside, or has a version that was not handed over yet. */
export function isOnItsWay({ sync, version, handedVersion }: Row): boolean {
  return sync?.state === 'waiting' || version !== handedVersion;
}

/** How many records Ledgerside sends in one run. */
export const mostChosen = 500;

const words: Readonly<Record<string, string>> = {
  waiting: 'Waiting',
  synced: 'Synced',
  changed: 'Not sent',
  problem: 'Problem',
  question: 'Question',
  excluded: 'Left out',
  unsupported: 'Not sent to Xero',
  refused: 'Refused',
};

const tones: Readonly<Record<string, string>> = {
  synced: 'good',
  ...{ problem: 'bad', refused: 'bad', question: 'ask' },
  ...{ waiting: 'quiet', excluded: 'quiet', unsupported: 'quiet' },
};

/** What Ledgerside last said of the record, such as "Bill · in Xero". */
export function syncChip(sync: SyncState | null): Tree | undefined {
  if (!sync) return undefined;
  return chip(toStateText(sync), tones[sync.state] ?? 'plain');
}

function toStateText({ state, xeroKind }: SyncState): string {
  if (state !== 'synced' || xeroKind === null) return words[state] ?? state;
  const kind = xeroKind.replaceAll('_', ' ');
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)} · in Xero`;
}

/** The chip, and under it when the record went to Xero, or the one sentence of what is missing. */
export function syncCell(sync: SyncState | null): Tree | undefined {
  if (!sync) return undefined;
  const { state, message, syncedAt } = sync;
  const text = state === 'synced' ? syncedAt && formatInstant(syncedAt) : message;
  return h('span', { class: 'sync-cell' }, syncChip(sync), text ? h('small', { title: text }, text) : undefined);
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

/** A record's card "Xero". While it is on its way, the page asks again at `follow`. */
export function syncCard({ sync }: Row, follow: string | undefined): Tree {
  const { attributes, ...shown } = card('Xero', facts(listSyncFacts(sync)));
  return { ...shown, attributes: { ...attributes, 'data-follow': follow } };
}

function listSyncFacts(sync: SyncState | null): (readonly [string, Tree | string | undefined])[] {
  if (!sync) return [['State', 'Not sent yet']];
  const { message, xeroId, xeroNumber, xeroUrl, syncedAt } = sync;
  return [
    ['State', syncChip(sync)],
    ...(message ? ([['Why', message]] as const) : []),
    ...(xeroNumber ? ([['Number', xeroNumber]] as const) : []),
    ...(xeroId ? ([['Xero ID', xeroId]] as const) : []),
    ...(syncedAt ? ([['Synced', formatInstant(syncedAt)]] as const) : []),
    ...(xeroUrl ? ([['Page', link(xeroUrl, 'View in Xero')]] as const) : []),
  ];
}

/** What became of "Sync to Xero". `run` is the run that sends the records. */
export type SentNotice =
  | { taken: number; refused: number; run: string | undefined; isConnected: boolean }
  | { failed: true }
  | { tooMany: true };

export function noticeLine(notice: SentNotice | undefined): Tree {
  return h('p', { class: 'notice', role: 'status' }, notice && toNotice(notice));
}

function toNotice(notice: SentNotice): Child {
  if ('failed' in notice) return 'Ledgerside did not answer. Nothing was sent. Please try again.';
  if ('tooMany' in notice) return `Nothing was sent. Choose ${mostChosen} records or fewer at a time.`;
  const { taken, refused, run, isConnected } = notice;
  const sent = `${taken} ${taken === 1 ? 'record' : 'records'} handed to Ledgerside.`;
  return [
    refused === 0 ? sent : `${sent} ${refused} refused: each says why.`,
    isConnected ? undefined : ' Xero is not connected yet: an admin connects it in Setup.',
    run === undefined ? undefined : [' ', link(`/runs/${run}`, 'See how they go')],
  ];
}
