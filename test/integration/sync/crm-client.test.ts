import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand, runTool } from '#test/support/programs/run-command.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

const clientFolder = 'test/sandbox/crm/client';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

test('the client of the example CRM fits the types that are generated from the API’s description', async () => {
  const from = `${app.origin}/docs/openapi.json`;
  const made = await runCommand('node', ['--import', 'tsx', `${clientFolder}/generate.ts`, '--from', from]);
  expect(made).toMatchObject({ code: 0 });
  expect(await runTool('tsc', ['--noEmit', '-p', clientFolder])).toEqual({ code: 0, stdout: '', output: '' });
});
