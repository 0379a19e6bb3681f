import type { HostStage } from '../page/host-stage.ts';
import { buildCrmBackend, type CrmBackend } from './crm-backend.ts';
import { fuel } from './sync-desk.ts';

/** The CRM's backend of a stage, which hands records over in real time. */
export function backendOf(stage: HostStage): CrmBackend {
  const { origin, workspace } = stage.world().product();
  return buildCrmBackend({ origin, workspace, clock: { now: () => new Date() } });
}

/** Turns sync on, with an account for fuel. */
export async function turnOnSync(stage: HostStage): Promise<void> {
  const crm = backendOf(stage);
  await crm.send('PUT', '/api/sync/rules', { enabled: true, since: '2020-01-01' });
  await crm.send('PUT', '/api/sync/mapping', { categories: [{ key: 'Fuel', accountCode: '429' }] });
}

export function putRecord(stage: HostStage, path: string, version: number, data: object) {
  return backendOf(stage).send('PUT', `/api/records/${path}`, { version, data });
}

/** An expense of a category that nobody has chosen an account for. */
export const gift = { ...fuel, category: 'Client gifts', description: 'Gift basket', reference: undefined };

/** Opens a page with the widget of a record that travels, or with `view="sync"`. */
export function openWidget(stage: HostStage, attributes: string) {
  const { origin, workspace } = stage.world().product();
  const element = `<ledgerside-widget server="${origin}" workspace="${workspace.id}" ${attributes} token-url="/token">`;
  return stage.visit({ body: `<script src="${origin}/embed.js"></script>${element}</ledgerside-widget>` });
}
