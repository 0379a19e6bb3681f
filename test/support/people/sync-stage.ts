import type { BrowserContextOptions } from 'playwright-core';
import type { SyncRecord } from '#shared/contract/sync/record.ts';
import type { HostStage } from '../page/host-stage.ts';
import { waitUntil } from '../wait-until.ts';
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
  // The bills of the demo company would be among the records that are counted.
  const kinds = [{ kind: 'bills', back: { on: false } }];
  await crm.send('PUT', '/api/sync/rules', { enabled: true, since: '2020-01-01', kinds });
  await crm.send('PUT', '/api/sync/mapping', { categories: [{ key: 'Fuel', accountCode: '429' }] });
}

export function putRecord(stage: HostStage, path: string, version: number, data: object) {
  return backendOf(stage).send('PUT', `/api/records/${path}`, { version, data });
}

/** An expense of a category that nobody has chosen an account for. */
export const gift = { ...fuel, category: 'Client gifts', description: 'Gift basket', reference: undefined };

/** Waits until every one of these records is in this state. */
export async function waitForState(stage: HostStage, state: string, ...paths: string[]): Promise<void> {
  const crm = backendOf(stage);
  const read = async (path: string) => {
    // Real time: the server counts the requests of a minute.
    await new Promise((resolve) => setTimeout(resolve, 300));
    return (await crm.send<{ record: SyncRecord }>('GET', `/api/records/${path}`)).body.record.state;
  };
  for (const path of paths) await waitUntil(async () => (await read(path)) === state, `${path} to be ${state}`, 90_000);
}

/** Opens a page with the widget of a synced record, or with `view="sync"`. */
export async function openWidget(stage: HostStage, attributes: string, options: BrowserContextOptions = {}) {
  const { origin, workspace } = stage.world().product();
  const element = `<ledgerside-widget server="${origin}" workspace="${workspace.id}" ${attributes} token-url="/token">`;
  const body = `<script src="${origin}/embed.js"></script>${element}</ledgerside-widget>`;
  const opened = await stage.visit({ body }, options);
  // Real time: sync takes 30 calls of a minute, so a record may wait for the next one.
  opened.page.setDefaultTimeout(90_000);
  return opened;
}
