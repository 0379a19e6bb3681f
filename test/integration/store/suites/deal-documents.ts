import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { DealDocumentRow, WriteRow } from '#server/store/store.ts';
import type { StoreContext } from './backends.ts';
import { at, newWrite } from './rows.ts';

function newDeal(): Pick<DealDocumentRow, 'workspaceId' | 'organisationId' | 'dealId'> {
  return {
    workspaceId: randomUUID(),
    organisationId: randomUUID(),
    dealId: `d-${randomUUID()}`,
  };
}
type Deal = ReturnType<typeof newDeal>;

function choose(deal: Deal, change: Partial<DealDocumentRow> = {}): DealDocumentRow {
  return {
    ...deal,
    kind: 'quote',
    documentId: randomUUID(),
    chosenBy: 'u-1',
    chosenAt: at(1),
    ...change,
  };
}

export function dealDocumentsSuite({ store }: StoreContext): void {
  const list = ({ workspaceId, organisationId, dealId }: Deal) =>
    store().dealDocuments.list(workspaceId, organisationId, dealId);

  describe('documents chosen for a deal', () => {
    test('choosing and removing twice is the same as once', async () => {
      const deal = newDeal();
      const [late, early, gone] = [
        choose(deal, { chosenAt: at(9) }),
        choose(deal, { kind: 'invoice', chosenAt: at(2) }),
        choose(deal, { kind: 'bill' }),
      ];
      await store().dealDocuments.change(deal, { add: [late, early, gone], remove: [] });
      const again = { ...early, chosenBy: 'u-2', chosenAt: at(30) };
      await store().dealDocuments.change(deal, { add: [again], remove: [gone, gone] });
      await store().dealDocuments.change(deal, { add: [], remove: [gone] });
      expect(await list(deal)).toEqual([early, late]);
    });

    test('workspace, organisation, deal and kind separate choices', async () => {
      const deal = newDeal();
      const row = choose(deal);
      const others = [
        { ...deal, workspaceId: randomUUID() },
        { ...deal, organisationId: randomUUID() },
        { ...deal, dealId: 'other' },
      ];
      await store().dealDocuments.change(deal, { add: [row], remove: [] });
      for (const other of others) {
        expect(await list(other)).toEqual([]);
        await store().dealDocuments.change(other, { add: [], remove: [row] });
      }
      await store().dealDocuments.change(deal, { add: [], remove: [{ ...row, kind: 'invoice' }] });
      expect(await list(deal)).toEqual([row]);
    });

    test('when 450 documents are chosen at once, then all of them are', async () => {
      const deal = newDeal();
      const rows = Array.from({ length: 450 }, () => choose(deal));
      await store().dealDocuments.change(deal, { add: rows, remove: [] });
      expect(await list(deal)).toHaveLength(450);
    });
  });

  describe('a write made from a deal', () => {
    const closeWrite = async (change: Partial<WriteRow>, documentId?: string) => {
      const write = newWrite({ record: { type: 'deal', id: `d-${randomUUID()}` }, ...change });
      await store().writes.begin(write);
      const end = { result: '{}', at: at(5), ...(documentId !== undefined && { documentId }) };
      await store().writes.close(write.id, { state: 'done', ...end });
      await store().writes.close(write.id, { state: 'done', ...end, documentId: randomUUID() });
      const { workspaceId, organisationId, record } = write;
      return { write, chosen: await list({ workspaceId, organisationId, dealId: record.id }) };
    };

    test('when it is done, then its document is chosen, once', async () => {
      const documentId = randomUUID();
      const { chosen } = await closeWrite({ kind: 'invoice', userId: 'u-9' }, documentId);
      expect(chosen).toMatchObject([{ kind: 'invoice', documentId, chosenBy: 'u-9', chosenAt: at(5) }]);
    });

    test('when it is no document, or not of a deal, then nothing is chosen', async () => {
      expect((await closeWrite({ kind: 'act_quote' }, randomUUID())).chosen).toEqual([]);
      expect((await closeWrite({ kind: 'invoice' })).chosen).toEqual([]);
      const { chosen } = await closeWrite({ kind: 'quote', record: { type: 'contact', id: '1' } }, randomUUID());
      expect(chosen).toEqual([]);
    });
  });
}
