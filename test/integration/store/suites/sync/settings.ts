import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { StoreContext } from '../backends.ts';

export function syncSettingsSuite({ store }: StoreContext): void {
  describe('rules and mapping of an organisation', () => {
    test.each(['syncRules', 'syncMapping'] as const)(
      '%s: the later of two puts stands, organisations are apart',
      async (name) => {
        const where = { workspaceId: randomUUID(), organisationId: randomUUID() };
        const settings = store()[name];
        expect(await settings.find(where)).toBeUndefined();
        await settings.put(where, '{"enabled":false}');
        await settings.put(where, '{"enabled":true}');
        await settings.put({ ...where, organisationId: 'another' }, '{}');
        expect(await settings.find(where)).toBe('{"enabled":true}');
        expect(await settings.find({ ...where, workspaceId: 'another' })).toBeUndefined();
      },
    );

    test('a word of the CRM is known once, in its first spelling', async () => {
      const where = { workspaceId: randomUUID(), organisationId: randomUUID() };
      const { noteKeys, listKeys } = store().syncMapping;
      const categories = (...keys: string[]) => keys.map((key) => ({ mapping: 'categories', key }));
      await noteKeys(where, categories('Fuel', 'FUEL', 'Büro'));
      await noteKeys(where, [...categories('fuel', 'BÜRO'), { mapping: 'taxRates', key: 'Fuel' }]);
      await noteKeys(where, []);
      await noteKeys({ ...where, organisationId: 'another' }, categories('Gifts'));
      expect(await listKeys(where)).toEqual([...categories('Büro', 'Fuel'), { mapping: 'taxRates', key: 'Fuel' }]);
      await noteKeys(where, categories(...Array.from({ length: 1100 }, (_, index) => `Category ${index}`)));
      expect(await listKeys(where)).toHaveLength(1103);
    });
  });
}
