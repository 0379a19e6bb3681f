import type { Books } from '../../books/books.ts';
import { type Kind, toKindName } from '../../books/kinds/kind.ts';
import { kinds } from '../../books/kinds/kinds.ts';
import type { Run, RunRow } from '../../sync/ledgerside.ts';
import { link } from '../parts.ts';
import { h, type Tree } from '../tree.ts';

type Shown = { run: Run; rows: readonly RunRow[]; books: Books };

/** How many records went to Xero, or would go, and each that did not with the reason. */
export function runPage({ run, rows, books }: Shown): { title: string; content: Tree; refreshSeconds?: number } {
  const isOpen = run.status === 'queued' || run.status === 'running';
  const title = run.isTrial ? 'What Sync to Xero would do' : 'On the way to Xero';
  const name = toKindName(run.kind);
  const content = h(
    'article',
    { class: 'setup run' },
    name ? h('p', { class: 'record-place' }, link(`/${name}`, `All ${kinds[name].title.toLowerCase()}`)) : undefined,
    h('h1', {}, title),
    h('p', { class: 'lead', role: 'status' }, toLead(run)),
    isOpen && run.isTrial ? undefined : counts(run),
    run.isTrial && run.status === 'done' && name ? sendForm(kinds[name], rows) : undefined,
    heldUp(rows, books),
  );
  return { title, content, ...(isOpen && { refreshSeconds: 2 }) };
}

function toLead({ status, isTrial, error, counts: { total = 0 } }: Run): string {
  if (status === 'failed') return `Ledgerside had to stop. ${error ?? ''}`.trim();
  if (status === 'cancelled') return 'Somebody stopped it. What was sent stays in Xero.';
  if (status !== 'done')
    return isTrial ? 'Ledgerside checks each record. Nothing is sent.' : 'The records are sent one after the other.';
  return isTrial ? `This was a dry run of ${total} records. Nothing was sent.` : `All ${total} records are done.`;
}

const lines: readonly { names: readonly string[]; trial: string; sent: string }[] = [
  { names: ['make'], trial: 'would be added in Xero', sent: 'added in Xero' },
  { names: ['change', 'remove'], trial: 'would be changed in Xero', sent: 'changed in Xero' },
  { names: ['adopt'], trial: 'would be tied to what Xero has already', sent: 'tied to what Xero had already' },
  { names: ['same'], trial: 'are in Xero already', sent: 'were in Xero already' },
  { names: ['ask'], trial: 'would ask a question first', sent: 'ask a question' },
  { names: ['refuse'], trial: 'cannot go as they are', sent: 'could not go as they are' },
  { names: ['left'], trial: 'not looked at yet', sent: 'still to do' },
];

function counts({ isTrial, counts: counted }: Run): Tree {
  const shown = lines.flatMap(({ names, ...words }) => {
    const count = names.reduce((sum, name) => sum + (counted[name] ?? 0), 0);
    return count === 0 ? [] : [h('li', {}, h('b', {}, String(count)), ` ${isTrial ? words.trial : words.sent}`)];
  });
  return h('ul', { class: 'card run-counts' }, shown);
}

function sendForm({ name }: Kind, rows: readonly RunRow[]): Tree {
  const ids = rows.flatMap(({ crmId, outcome }) => (crmId === null || outcome === 'same' ? [] : [crmId]));
  return h(
    'form',
    { class: 'run-send', method: 'post', action: `/${name}/sync` },
    ids.map((value) => h('input', { type: 'hidden', name: 'id', value })),
    h(
      'button',
      { class: 'button primary', disabled: ids.length === 0 || undefined },
      `Sync these ${ids.length} to Xero`,
    ),
  );
}

function heldUp(rows: readonly RunRow[], books: Books): Tree | undefined {
  const held = rows.filter(({ outcome }) => outcome === 'ask' || outcome === 'refuse');
  if (held.length === 0) return undefined;
  return h(
    'section',
    { class: 'card' },
    h('h2', {}, 'These need attention'),
    h(
      'ul',
      { class: 'run-rows' },
      held.map((row) => h('li', {}, recordLink(row, books), h('small', {}, row.message ?? ''))),
    ),
  );
}

function recordLink({ kind, crmId }: RunRow, books: Books): Tree | string {
  const name = toKindName(kind);
  const row = name && crmId !== null ? books.find(name, crmId) : undefined;
  if (!row) return crmId ?? '–';
  return link(`/${row.kind}/${row.id}`, kinds[row.kind].toSummary(row).title || row.id);
}
