import type { TestApp } from '../world/app.ts';
import type { Visit } from './visit.ts';

type Opening = Pick<TestApp, 'visit' | 'crmOrigin'>;

/** Opens a session on one synced record, such as an expense. */
export function openRecord(app: Opening, userId: string, type: string, id: string): Promise<Visit> {
  const record = { type, id, url: `${app.crmOrigin}/${type}/${id}`, name: id };
  return app.visit({ userId, recordType: 'settings', claims: { record, users: undefined } });
}

/** Opens the overview of sync. */
export function openSync(app: Opening, userId: string): Promise<Visit> {
  const record = { type: 'sync', url: `${app.crmOrigin}/sync` };
  return app.visit({ userId, recordType: 'settings', claims: { record, users: undefined } });
}
