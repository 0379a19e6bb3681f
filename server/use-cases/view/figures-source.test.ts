import { expect, test } from 'vitest';
import { findFiguresSource } from './figures-source.ts';
import type { DealFacts, ViewFacts } from './view-facts.ts';

const caller = { workspaceId: 'w', organisationId: 'o', priority: 'person' as const };
function link(contactId: string) {
  return { record: { type: 'contact' as const, id: contactId }, contactId, contactName: '', isArchived: false };
}
const deal: DealFacts = {
  claims: { value: '100', currency: 'AUD', valueIncludesTax: false },
  primaryContactId: null,
  chosen: [{ kind: 'invoice', id: 'i' }],
};

/** Remembers what the ledger is asked, and with which contacts and documents. */
function ask(facts: Pick<ViewFacts, 'deal' | 'links'>) {
  const asked: Record<string, unknown[]> = {};
  const nothing = { asOf: null, isStale: false, failure: null, unreadable: [] };
  const ledger = {
    findFreshVersions: async (_: unknown, ...what: unknown[]) => {
      asked.versions = what;
      return [];
    },
    findFreshVersionsById: async (_: unknown, ...what: unknown[]) => {
      asked.versions = what;
      return [];
    },
    read: async (_: unknown, contactIds: readonly string[]) => {
      asked.figures = [contactIds];
      return { ...nothing, entries: new Map(), credits: null };
    },
    readById: async (_: unknown, refs: unknown, { contactIds }: { contactIds: readonly string[] }) => {
      asked.figures = [refs, contactIds];
      return { ...nothing, documents: new Map() };
    },
  };
  return { asked, source: findFiguresSource({ deps: { ledger }, caller }, facts) };
}

test.each([
  ['a contact', { deal: null, links: [link('a')] }, [['a']]],
  [
    'a company with two people of one Xero contact',
    { deal: null, links: [link('a'), link('b'), link('a')] },
    [['a', 'b']],
  ],
  ['a deal', { deal, links: [link('a')] }, [deal.chosen, ['a']]],
  ['a deal without links', { deal, links: [] }, [deal.chosen, []]],
])('the key of %s names the same contacts and documents that are read', async (_, facts, expected) => {
  const { asked, source } = ask(facts);
  await source?.findVersions();
  const figures = await source?.read({ isFresh: false });
  expect(asked).toEqual({ versions: expected, figures: expected });
  expect(figures?.of).toBe(facts.deal ? 'deal' : 'contacts');
});

test('a record without links has no figures', () => {
  expect(ask({ deal: null, links: [] }).source).toBeNull();
});
