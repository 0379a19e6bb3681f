import Fastify from 'fastify';
import { describe, expect, test } from 'vitest';
import { addErrorHandler } from './error-handler.ts';
import { shedLoad } from './shed-load.ts';

// Real time: the test measures how late the event loop runs.
function pause(ms: number) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function hold(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

async function openApp(options?: { maxDelayMs: number }) {
  const app = Fastify();
  addErrorHandler(app);
  await shedLoad(app, options);
  app.get('/', async () => 'ok');
  await app.ready();
  return app;
}

describe('a busy event loop', () => {
  test('requests go on when a stall leaves a second without a sample', async () => {
    const app = await openApp();
    let missed = 0;
    for (let attempt = 0; attempt < 20 && missed === 0; attempt++) {
      const before = app.memoryUsage().rssBytes;
      while (app.memoryUsage().rssBytes === before) await pause(1);
      hold(1200);
      await pause(5);
      if (app.memoryUsage().eventLoopDelay === Number.POSITIVE_INFINITY) missed++;
      expect((await app.inject('/')).statusCode).toBe(200);
    }
    // Otherwise the case was not tested.
    expect(missed).toBe(1);
    await app.close();
  });

  test('refuses requests with a Retry-After while the loop is always late', async () => {
    const app = await openApp({ maxDelayMs: 30 });
    let answer = await app.inject('/');
    for (let held = 0; held < 100 && answer.statusCode === 200; held++) {
      hold(100);
      await pause(0);
      answer = await app.inject('/');
    }
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.json()).toMatchObject({ code: 'unavailable', retryAfterSeconds: 5 });
    await app.close();
  });
});
