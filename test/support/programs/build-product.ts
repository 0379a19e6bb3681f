import { runCommand, runTool } from './run-command.ts';

/** Builds what the tests start: the output of `npm run build`, and the server with a movable clock. */
export async function buildProduct(): Promise<void> {
  expectDone(await runCommand('npm', ['run', 'build', '--silent']));
  expectDone(await runTool('vite', ['build', '--config', 'test/vite.config.ts', '--logLevel', 'error']));
}

function expectDone({ code, output }: { code: number; output: string }): void {
  if (code !== 0) throw new Error(`the product does not build:\n${output}`);
}
