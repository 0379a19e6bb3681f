import { startApp, type TestApp } from '#test/support/world/app.ts';

/** An app with a sandbox Xero without limits. */
export async function startFuzzApp({ databaseUrl }: { databaseUrl?: string } = {}): Promise<TestApp> {
  const app = await startApp({ databaseUrl, env: { XERO_DAILY_CALLS: '100000000', XERO_TIMEOUT_SECONDS: '30' } });
  const most = 100_000_000;
  await app.control.limits({ minute: most, day: most, appMinute: most });
  return app;
}
