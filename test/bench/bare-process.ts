import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { projectRoot } from '#test/support/programs/run-command.ts';

export type BareServer = { origin: string; startedInMs: number; stop(): Promise<void> };

/** Starts the bare route in a process of its own, like the product. */
export async function startBareServer(body: string): Promise<BareServer> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['test/bench/bare-server.js'], {
    cwd: projectRoot,
    env: { ...process.env, BODY: body },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const origin = String(line).trim();
  await fetch(`${origin}/api/view`);
  return { origin, startedInMs: performance.now() - startedAt, stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
