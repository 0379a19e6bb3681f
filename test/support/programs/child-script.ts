import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { projectRoot } from './run-command.ts';

export type ChildScript = {
  /** The next message, parsed. Throws when the process has ended instead. */
  read(): Promise<unknown>;
  /** Sends a line to its standard input. */
  tell(message: unknown): void;
  /** Only sends a signal, such as SIGSTOP. */
  signal(name: NodeJS.Signals): void;
  /** Ends it like a crash. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves with its exit code when it ends on its own. */
  ended: Promise<number | null>;
};

/** Another process running the product's own code: a TypeScript file that exchanges one JSON message per line. */
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
    signal: (name) => void child.kill(name),
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
    ended: closed.then(() => child.exitCode),
  };
}
