import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { projectRoot } from './run-command.ts';

export type ChildScript = {
  /** What it wrote next, parsed; throws when it has ended instead. */
  read(): Promise<unknown>;
  /** What it reads on its standard input, as a line. */
  tell(message: unknown): void;
  /** As a crash would end it; settles when it is gone. */
  kill(): Promise<void>;
  /** Settles with its exit code when it has ended by itself. */
  ended: Promise<number | null>;
};

/** Another process of the product's own code: a TypeScript file that speaks JSON, a line a message. */
export function startScript(file: string, parameters: readonly unknown[]): ChildScript {
  const args = ['--import', 'tsx', file, ...parameters.map((parameter) => JSON.stringify(parameter))];
  const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const closed = once(child, 'close');
  return {
    read: async () => {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${file} ended (exit code ${child.exitCode}) without another word`);
      return JSON.parse(value);
    },
    tell: (message) => child.stdin.write(`${JSON.stringify(message)}\n`),
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
    ended: closed.then(() => child.exitCode),
  };
}
