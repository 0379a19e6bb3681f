import { describe, expect, test } from 'vitest';
import {
  auditActionGroups,
  auditActionTitle,
  auditActionWords,
  auditChangeName,
  auditOutcomeNote,
} from './audit-words.ts';

describe('the words of the audit', () => {
  test('the filters offer each action once', () => {
    const offered = Object.values(auditActionGroups).flat();
    expect([...offered].sort()).toEqual(Object.keys(auditActionWords).sort());
  });

  test('notes nothing for a success; otherwise says that it was only tried', () => {
    expect(auditActionTitle({ action: 'create_invoice', outcome: 'created' })).toBe('Added an invoice');
    expect(auditOutcomeNote('created')).toBeNull();
    expect(auditActionTitle({ action: 'create_invoice', outcome: 'xero_rejected' })).toBe('Tried to add an invoice');
    expect(auditOutcomeNote('xero_rejected')).toBe('Xero refused it');
    expect(auditActionTitle({ action: 'sync_create', outcome: 'done' })).toBe('Sent a record to Xero');
    expect(auditActionTitle({ action: 'sync_remove', outcome: 'xero_rejected' })).toBe(
      'Tried to remove a record from Xero',
    );
    expect(auditActionTitle({ action: 'reconnect_needed', outcome: 'token_refused' })).toBe(
      'The connection to Xero ended',
    );
  });

  test('an unknown word is shown as stored', () => {
    expect(auditActionTitle({ action: 'merge_worlds', outcome: 'done' })).toBe('merge worlds');
    expect(auditOutcomeNote('no_such_word')).toBe('no such word');
    expect(['missing_since', 'Ben'].map(auditChangeName)).toEqual(['Entries are missing since', 'Ben']);
    expect(auditActionTitle({ action: 'toString', outcome: 'done' })).toBe('toString');
  });
});
