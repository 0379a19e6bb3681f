import { randomUUID } from 'node:crypto';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { RecordKey, Right } from '#shared/contract/record.ts';

export type RecordType = 'contact' | 'company' | 'deal' | 'settings' | 'expense' | 'sync';
export type Cell = { rights: readonly Right[]; isAdmin: boolean; recordType: RecordType };
/** `no_entry`: a session is no way to sign in here. */
export type Expected = 'allowed' | 'forbidden' | 'not_found' | 'no_entry';

/** The ids that a request names: everything a session may reach, or things of another record or another workspace. */
export type Ids = {
  contactId: string;
  documents: Record<DocumentKind, string>;
  /** Writes that were refused, so that resolving them again changes nothing. */
  writes: Record<DocumentKind, string>;
  linked: RecordKey;
  unlinked: RecordKey;
};

export type Ask = { path: string; body?: unknown; headers?: Record<string, string> };

/** One request to a route. `names` says which ids may be foreign, so that the request is also made with those. */
export type Row = {
  route: string;
  ask(ids: Ids, own: Ids): Ask;
  expect(cell: Cell): Expected;
  names?: 'anything' | 'another workspace';
};

type Rule = Row['expect'];

function has(cell: Cell, right: Right): boolean {
  return cell.isAdmin || cell.rights.includes(right);
}
function canSee(cell: Cell, kind: DocumentKind): boolean {
  return has(cell, 'view') && (kind !== 'bill' || has(cell, 'viewBills'));
}
const rightOf = { quote: 'quotes', invoice: 'invoices', bill: 'bills' } as const;
const pathOf = { quote: 'quotes', invoice: 'invoices', bill: 'bills' } as const;

const forAdmins: Rule = ({ isAdmin }) => (isAdmin ? 'allowed' : 'forbidden');
function needs(right: Right): Rule {
  return (cell) => (has(cell, right) ? 'allowed' : 'forbidden');
}
function sees(kind: DocumentKind): Rule {
  return (cell) => (canSee(cell, kind) ? 'allowed' : 'forbidden');
}
/** Sessions of these types show Xero's figures beside a record of the CRM. */
const shownTypes: readonly RecordType[] = ['contact', 'company', 'deal'];
/** Routes for CRM records, which settings, travelling records and the overview of sync do not have. */
function onRecords(rule: Rule): Rule {
  return (cell) => (rule(cell) === 'allowed' && !shownTypes.includes(cell.recordType) ? 'not_found' : rule(cell));
}
/** All records of the workspace: for admins in the overview of sync. */
const inSync: Rule = ({ recordType, isAdmin }) => (recordType === 'sync' && isAdmin ? 'allowed' : 'forbidden');
/** A travelling record: also for its own session, which is one of an expense. */
function onTravelling(isOwn: boolean): Rule {
  return (cell) => {
    if (cell.recordType === 'sync') return inSync(cell);
    return isOwn && cell.recordType === 'expense' && canSee(cell, 'bill') ? 'allowed' : 'not_found';
  };
}
/** Sending an expense, or trying it again, also takes the right to add bills. */
const actsOnTravelling: Rule = (cell) => {
  const seen = onTravelling(true)(cell);
  return seen === 'allowed' && cell.recordType === 'expense' && !has(cell, 'bills') ? 'forbidden' : seen;
};
/** Working with existing documents needs the right to view them, besides the right of their kind. */
function worksWith(kind: DocumentKind): Rule {
  return (cell) =>
    onRecords(needs(rightOf[kind]))(cell) === 'allowed' && !canSee(cell, kind)
      ? 'not_found'
      : onRecords(needs(rightOf[kind]))(cell);
}

const kinds = ['quote', 'invoice', 'bill'] as const;
const newVersion = { version: 1, data: {} };
function query(fields: Record<string, string>) {
  return `?${new URLSearchParams(fields)}`;
}

export const rightsTable: readonly Row[] = [
  {
    route: 'GET /api/view',
    ask: () => ({ path: '/api/view' }),
    // Answers `forbidden` in the body; the content is checked separately.
    expect: (cell) => (['settings', 'sync'].includes(cell.recordType) && has(cell, 'view') ? 'not_found' : 'allowed'),
  },
  {
    route: 'GET /api/contacts',
    ask: () => ({ path: `/api/contacts${query({ search: 'Harbour' })}` }),
    expect: needs('link'),
  },
  {
    route: 'GET /api/suggestions',
    ask: ({ linked }) => ({ path: `/api/suggestions${query(linked)}` }),
    expect: onRecords(needs('link')),
    names: 'anything',
  },
  {
    route: 'POST /api/contacts',
    // The name is taken, so that no contact is created.
    ask: ({ linked }) => ({ path: '/api/contacts', body: { name: 'Harbour Lights Pty Ltd', record: linked } }),
    expect: onRecords(needs('link')),
    names: 'anything',
  },
  {
    route: 'PUT /api/link',
    ask: ({ linked }, { contactId }) => ({ path: '/api/link', body: { contactId, record: linked } }),
    expect: onRecords(needs('link')),
    names: 'anything',
  },
  {
    route: 'PUT /api/link',
    ask: ({ contactId }, { linked }) => ({ path: '/api/link', body: { contactId, record: linked } }),
    expect: onRecords(needs('link')),
    // A person who may link may search every contact of their own organisation.
    names: 'another workspace',
  },
  {
    route: 'DELETE /api/link',
    ask: ({ unlinked }) => ({ path: `/api/link${query(unlinked)}` }),
    expect: onRecords(needs('link')),
    names: 'anything',
  },
  // Says only that something changed, never what.
  { route: 'GET /api/events', ask: () => ({ path: '/api/events' }), expect: () => 'allowed' },
  { route: 'GET /api/audit', ask: () => ({ path: '/api/audit' }), expect: forAdmins },
  { route: 'GET /api/audit.csv', ask: () => ({ path: '/api/audit.csv' }), expect: forAdmins },
  { route: 'GET /api/settings', ask: () => ({ path: '/api/settings' }), expect: forAdmins },
  { route: 'PUT /api/settings', ask: () => ({ path: '/api/settings', body: {} }), expect: forAdmins },
  { route: 'GET /api/audit', ask: () => ({ path: '/api/audit' }), expect: forAdmins },
  { route: 'GET /api/audit.csv', ask: () => ({ path: '/api/audit.csv' }), expect: forAdmins },
  { route: 'POST /api/connect', ask: () => ({ path: '/api/connect' }), expect: forAdmins },
  { route: 'DELETE /api/connection', ask: () => ({ path: '/api/connection' }), expect: forAdmins },
  {
    route: 'GET /api/choices',
    ask: () => ({ path: '/api/choices' }),
    expect: (cell) => (kinds.some((kind) => has(cell, rightOf[kind])) ? 'allowed' : 'forbidden'),
  },
  {
    route: 'GET /api/choices',
    ask: ({ contactId }) => ({ path: `/api/choices${query({ contactId })}` }),
    expect: onRecords((cell) => (kinds.some((kind) => has(cell, rightOf[kind])) ? 'allowed' : 'forbidden')),
    names: 'anything',
  },
  {
    route: 'PUT /api/deal/documents',
    ask: () => ({ path: '/api/deal/documents', body: {} }),
    expect: (cell) => (!has(cell, 'link') ? 'forbidden' : cell.recordType === 'deal' ? 'allowed' : 'not_found'),
  },
  ...kinds.flatMap(rowsOf),
  { route: 'GET /api/records', ask: () => ({ path: '/api/records' }), expect: inSync },
  { route: 'GET /api/records/:kind', ask: () => ({ path: '/api/records/expenses' }), expect: inSync },
  {
    route: 'GET /api/records/:kind/:crmId',
    ask: () => ({ path: '/api/records/expenses/exp-1' }),
    expect: onTravelling(true),
  },
  {
    route: 'GET /api/records/:kind/:crmId',
    ask: () => ({ path: '/api/records/expenses/exp-2' }),
    expect: onTravelling(false),
  },
  ...[
    { route: 'GET /api/sync', ask: () => ({ path: '/api/sync' }) },
    { route: 'GET /api/sync/rules', ask: () => ({ path: '/api/sync/rules' }) },
    { route: 'PUT /api/sync/rules', ask: () => ({ path: '/api/sync/rules', body: {} }) },
    { route: 'GET /api/sync/mapping', ask: () => ({ path: '/api/sync/mapping' }) },
    { route: 'PUT /api/sync/mapping', ask: () => ({ path: '/api/sync/mapping', body: {} }) },
    { route: 'GET /api/sync/webhook', ask: () => ({ path: '/api/sync/webhook' }) },
    { route: 'PUT /api/sync/webhook', ask: () => ({ path: '/api/sync/webhook', body: {} }) },
    { route: 'POST /api/sync/webhook/ping', ask: () => ({ path: '/api/sync/webhook/ping' }) },
    { route: 'POST /api/sync/bring', ask: () => ({ path: '/api/sync/bring', body: { dryRun: true } }) },
    { route: 'POST /api/sync/reset', ask: () => ({ path: '/api/sync/reset', body: { dryRun: true } }) },
    { route: 'GET /api/runs', ask: () => ({ path: '/api/runs' }) },
  ].map((row): Row => ({ ...row, expect: inSync })),
  ...[
    { route: 'GET /api/runs/:id', ask: () => ({ path: '/api/runs/r_1' }) },
    { route: 'POST /api/runs/:id/cancel', ask: () => ({ path: '/api/runs/r_1/cancel' }) },
    { route: 'GET /api/runs/:id/rows', ask: () => ({ path: '/api/runs/r_1/rows' }) },
  ].map((row): Row => ({ ...row, expect: (cell) => (inSync(cell) === 'allowed' ? 'not_found' : inSync(cell)) })),
  {
    route: 'POST /api/records/:kind/:crmId/actions',
    ask: () => ({ path: '/api/records/expenses/exp-1/actions', body: { action: 'retry' } }),
    expect: actsOnTravelling,
  },
  {
    route: 'POST /api/records/actions',
    ask: () => ({ path: '/api/records/actions', body: { action: 'retry', kind: 'payments' } }),
    expect: inSync,
  },
  {
    route: 'POST /api/records/sync',
    ask: () => ({ path: '/api/records/sync', body: { kind: 'payments', dryRun: true } }),
    expect: inSync,
  },
  {
    route: 'POST /api/runs/:id/undo',
    ask: () => ({ path: '/api/runs/r_unknown/undo', body: {} }),
    // Nobody has a run of this name.
    expect: (cell) => (inSync(cell) === 'allowed' ? 'not_found' : inSync(cell)),
  },
  // For the CRM's backend, whose token no session has.
  ...[
    { route: 'GET /api/changes', ask: () => ({ path: '/api/changes' }) },
    { route: 'POST /api/changes/:id/accepted', ask: () => ({ path: '/api/changes/1/accepted', body: { crmId: '1' } }) },
    { route: 'PUT /api/records/:kind/:crmId', ask: () => ({ path: '/api/records/expenses/exp-1', body: newVersion }) },
    { route: 'DELETE /api/records/:kind/:crmId', ask: () => ({ path: '/api/records/expenses/exp-1?version=9' }) },
    { route: 'POST /api/records/batch', ask: () => ({ path: '/api/records/batch', body: { records: [newVersion] } }) },
  ].map((row): Row => ({ ...row, expect: () => 'no_entry' })),
];

function rowsOf(kind: DocumentKind): Row[] {
  const path = `/api/${pathOf[kind]}`;
  const onDocument = (route: string, rest: Omit<Ask, 'path'>, end: string, expect: Rule): Row => ({
    route: `${route} ${path}/:id/${end.replace(/\/.*/, '/:fileName')}`,
    ask: ({ documents }) => ({ path: `${path}/${documents[kind]}/${end}`, headers: newKey(), ...rest }),
    expect,
    names: 'anything',
  });
  return [
    {
      route: 'GET /api/documents',
      ask: ({ contactId }) => ({ path: `/api/documents${query({ kind, contactId })}` }),
      expect: onRecords(sees(kind)),
      names: 'anything',
    },
    {
      route: 'GET /api/documents',
      ask: () => ({ path: `/api/documents${query({ kind, closed: 'true' })}` }),
      expect: onRecords(sees(kind)),
    },
    {
      route: 'GET /api/documents/:kind/:id',
      ask: ({ documents }) => ({ path: `/api/documents/${kind}/${documents[kind]}` }),
      expect: onRecords(sees(kind)),
      names: 'anything',
    },
    {
      route: 'PUT /api/deal/documents',
      ask: ({ documents }) => ({ path: '/api/deal/documents', body: { add: [{ kind, id: documents[kind] }] } }),
      expect: (cell) => {
        if (!has(cell, 'link') || !canSee(cell, kind)) return 'forbidden';
        return cell.recordType === 'deal' ? 'allowed' : 'not_found';
      },
      names: 'anything',
    },
    {
      route: `POST ${path}`,
      ask: ({ contactId }) => ({ path, body: refusedForm(contactId), headers: newKey() }),
      expect: onRecords(needs(rightOf[kind])),
      names: 'anything',
    },
    // An action that this status never allows. A person who may act is told so.
    onDocument('POST', { body: { action: kind === 'quote' ? 'void' : 'decline' } }, 'actions', worksWith(kind)),
    onDocument('PUT', { body: Buffer.from('file') }, 'attachments/a.pdf', worksWith(kind)),
    onDocument('GET', {}, 'pdf', onRecords(sees(kind))),
    onDocument('GET', {}, 'online-invoice', onRecords(sees(kind))),
    {
      route: 'POST /api/writes/:id/resolve',
      ask: ({ writes }) => ({ path: `/api/writes/${writes[kind]}/resolve`, body: { action: 'discard' } }),
      // Without the right, the write is reported as not found, so that its id does not reveal its kind.
      expect: (cell) => (worksWith(kind)(cell) === 'allowed' ? 'allowed' : 'not_found'),
      names: 'anything',
    },
  ];
}

export function newKey() {
  return { 'idempotency-key': randomUUID() };
}

/** The preflight refuses it after every check of rights, because the organisation does not use this currency. */
function refusedForm(contactId: string) {
  const lines = [{ description: 'Nothing', quantity: '1', unitAmount: '1.00' }];
  return { contactId, date: '2026-11-20', currency: 'XTS', lineAmountTypes: 'none', lines };
}
