import { describe, expect, test } from 'vitest';
import { parseClaims } from '#server/identity/claims.ts';
import type { WriteRow } from '#server/store/store.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import { readFormClaims } from './claims.ts';
import type { DocumentForm } from './document-form.ts';

const write = { organisationId: 'org-1', workspaceId: 'acme', formKey: 'form:ben:k', attempt: 1 } as WriteRow;

describe('what a line of a deal is claimed by', () => {
  /** Claims as the store holds them, by organisation. */
  const held = new Map<string, string[]>();

  function acting(workspaceId: string, organisationId: string): PersonActing {
    const claims = parseClaims({
      ...{ sub: 'u', jti: 'j', iat: 0, exp: 1, user: { name: 'U' }, contacts: [] },
      record: { type: 'deal', id: '9001', name: 'Deal', url: 'https://crm.example/deals/9001' },
      deal: { value: '1', currency: 'AUD', lines: [{ description: 'Desk', quantity: '1', unitAmount: '1' }] },
    });
    const listClaimed = async (asked: string, wanted: readonly string[]) =>
      wanted
        .filter((claim) => held.get(asked)?.includes(claim))
        .map((claim) => ({ claim, write: { ...write, state: 'pending' } }));
    return {
      deps: { store: { writes: { listClaimed } } },
      principal: { session: { claims: claims.success && claims.data } },
      caller: { workspaceId, organisationId, priority: 'person' },
    } as unknown as PersonActing;
  }

  const form = { kind: 'invoice', body: { contactId: 'c', fromDealLines: [0] } } as unknown as DocumentForm;
  const claim = async (workspaceId: string, organisationId: string) => {
    const { claims, heldLines } = await readFormClaims(acting(workspaceId, organisationId), form);
    return { wanted: claims.wanted, heldLines };
  };

  test('when two workspaces have a deal of the same id in one organisation, then neither holds the other up', async () => {
    const { wanted } = await claim('acme', 'org-1');
    held.set('org-1', [...wanted]);
    expect((await claim('acme', 'org-1')).heldLines).toEqual([{ index: 0, number: null }]);
    expect((await claim('other', 'org-1')).heldLines).toEqual([]);
    // Another organisation's claims are no claims here.
    expect((await claim('acme', 'org-2')).heldLines).toEqual([]);
  });
});
