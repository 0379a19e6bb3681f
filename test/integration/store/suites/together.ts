import { expect, test } from 'vitest';
import type { StoreContext } from './backends.ts';
import { newAudit, newLink } from './rows.ts';

export function togetherSuite({ store }: StoreContext): void {
  test('if one part fails, nothing is stored', async () => {
    const link = newLink();
    const { workspaceId, organisationId, record } = link;
    const failing = store().together(async ({ links, access }) => {
      await links.put(link);
      await access.change(workspaceId, null, () => [{ userId: 'ben', name: 'Ben', email: '', rights: ['view'] }]);
      throw new Error('the second half');
    });
    await expect(failing).rejects.toThrow('the second half');
    expect(await store().links.find(workspaceId, organisationId, record)).toBeUndefined();
    expect((await store().access.read(workspaceId)).entries).toEqual([]);
  });

  test('if all parts succeed, all are stored and the result is returned', async () => {
    const link = newLink();
    const { workspaceId, organisationId, record } = link;
    const audit = newAudit({ workspaceId });
    const found = await store().together(async (together) => {
      await together.links.put(link);
      await together.audit.append(audit);
      return together.links.find(workspaceId, organisationId, record);
    });
    expect(found).toEqual(link);
    expect(await store().audit.list(workspaceId, { limit: 5 })).toEqual([audit]);
  });
}
