import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getSettingsRoute, putSettingsRoute } from '#shared/contract/settings.ts';
import { adminId } from '#test/support/people/admin.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

function openSettings(name: string) {
  return app.visit({ userId: adminId, recordType: 'settings', claims: { user: { name, email: '', admin: true } } });
}
const ben = { userId: 'ben', rights: ['view', 'viewBills'] };

describe('two admins save the access list', () => {
  test('refuses a save that did not know of another and says who saved what', async () => {
    const [olivia, ada] = [await openSettings('Olivia Hart'), await openSettings('Ada Admin')];
    const { accessVersion: begun } = await olivia.call(putSettingsRoute, { body: { access: [ben] } });
    const seen = await ada.call(getSettingsRoute);
    expect(seen.accessVersion).toBe(begun);
    const saved = await olivia.call(putSettingsRoute, { body: { access: [], accessVersion: begun } });
    expect([saved.access, saved.accessVersion]).toEqual([[], begun + 1]);
    const late = { access: [ben, { userId: 'tom', rights: ['view'] }], accessVersion: seen.accessVersion };
    expect(await ada.send('PUT', '/api/settings', late)).toMatchObject({
      status: 409,
      body: {
        code: 'access_changed',
        accessVersion: begun + 1,
        savings: [{ by: 'Olivia Hart', changes: [{ name: 'Ben Carter', before: 'view, viewBills', after: null }] }],
      },
    });
    expect((await ada.call(getSettingsRoute)).access).toEqual([]);
    const { access } = await ada.call(putSettingsRoute, { body: { ...late, accessVersion: begun + 1 } });
    expect(access.map(({ userId }) => userId)).toEqual(['ben', 'tom']);
  });

  test('of two saves at the same moment, one is complete, one is told', async () => {
    const [olivia, ada] = [await openSettings('Olivia Hart'), await openSettings('Ada Admin')];
    const { accessVersion } = await olivia.call(getSettingsRoute);
    const answers = await Promise.all(
      [olivia, ada].map((admin, index) =>
        admin.send('PUT', '/api/settings', { access: [{ ...ben, userId: `user-${index}` }], accessVersion }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});
