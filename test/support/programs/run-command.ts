import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. Every command runs from here. */
export const projectRoot = fileURLToPath(new URL('../../..', import.meta.url));

/** `output` is stdout and stderr in the order of arrival. */
export type CommandResult = { code: number; stdout: string; output: string };

/**
 * Runs a program and returns its exit code (1 when a signal ended it, 127 when it does not exist). `show` prints its
 * output at once; otherwise it is collected in `output`.
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: { show?: boolean; env?: Record<string, string> } = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: projectRoot,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', options.show ? 'inherit' : 'pipe', options.show ? 'inherit' : 'pipe'],
    });
    const stdout: Buffer[] = [];
    const output: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk) && output.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => output.push(chunk));
    const end = (code: number) => resolve({ code, stdout: toText(stdout), output: toText(output) });
    child.once('error', (error) => {
      output.push(Buffer.from(error.message));
      end(127);
    });
    child.once('close', (code) => end(code ?? 1));
  });
}

function toText(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString();
}

/** A program from one of our packages, run from its folder: npx would add its own lines and half a second. */
export function runTool(
  name: string,
  args: readonly string[],
  options: { show?: boolean; env?: Record<string, string> } = {},
): Promise<CommandResult> {
  return runCommand(join(projectRoot, 'node_modules', '.bin', name), args, options);
}
