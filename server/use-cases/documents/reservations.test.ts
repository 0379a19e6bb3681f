import { describe, expect, test } from 'vitest';
import { parseClaims } from '#server/identity/claims.ts';
import type { WriteRow } from '#server/store/store.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import type { DocumentForm } from './document-form.ts';
import { readFormReservations } from './reservations.ts';

const write = { organisationId: 'org-1', workspaceId: 'acme', writeKey: 'form:ben:k', attempt: 1 } as WriteRow;

describe('the reservation of a deal line', () => {
  /** The reservations in the store, by organisation. */
  const held = new Map<string, string[]>();

  function acting(workspaceId: string, organisationId: string): PersonActing {
    const claims = parseClaims({
      ...{ sub: 'u', jti: 'j', iat: 0, exp: 1, user: { name: 'U' }, contacts: [] },
      record: { type: 'deal', id: '9001', name: 'Deal', url: 'https://crm.example/deals/9001' },
      deal: { value: '1', currency: 'AUD', lines: [{ description: 'Desk', quantity: '1', unitAmount: '1' }] },
    });
    const listReserved = async (asked: string, wanted: readonly string[]) =>
      wanted
        .filter((reservation) => held.get(asked)?.includes(reservation))
        .map((reservation) => ({ reservation, write: { ...write, state: 'pending' } }));
    return {
      deps: { store: { writes: { listReserved } } },
      principal: { session: { claims: claims.success && claims.data } },
      caller: { workspaceId, organisationId, priority: 'person' },
    } as unknown as PersonActing;
  }

  const form = { kind: 'invoice', body: { contactId: 'c', fromDealLines: [0] } } as unknown as DocumentForm;
  const readForm = async (workspaceId: string, organisationId: string) => {
    const { reservations, heldLines } = await readFormReservations(acting(workspaceId, organisationId), form);
    return { wanted: reservations.wanted, heldLines };
  };

  test('two workspaces with the same deal id do not block each other', async () => {
    const { wanted } = await readForm('acme', 'org-1');
    held.set('org-1', [...wanted]);
    expect((await readForm('acme', 'org-1')).heldLines).toEqual([{ index: 0, number: null }]);
    expect((await readForm('other', 'org-1')).heldLines).toEqual([]);
    // Reservations of another organisation do not count here.
    expect((await readForm('acme', 'org-2')).heldLines).toEqual([]);
  });
});
