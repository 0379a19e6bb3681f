import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';

type GuardChild = ChildProcessByStdio<Writable, Readable, null>;

export type GuardedProcess = {
  /** Suspends the server, with its connections open, or resumes it. */
  tell(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Sends a signal, by default the one for a clean stop, and waits until the server is gone. */
  end(signal?: NodeJS.Signals): Promise<void>;
};

export type GuardedOptions = {
  command: string;
  args: readonly string[];
  /** The signal for a clean stop. */
  signal: 'SIGTERM' | 'SIGINT';
  /** The text that the server writes when it is ready. */
  readyText: string;
  user?: { uid: number; gid: number } | undefined;
};

/**
 * A shell between this process and the server. Its standard input closes however this process ends, and that ends the
 * server. If the server ends first, so does the shell. A Ctrl-C at the terminal reaches neither of them first.
 */
const guard = `
trap '' INT TERM HUP
signal=$1; shift
exec 3<&0
"$@" 2>&1 &
server=$!
echo "pid $server"
(read -r nothing <&3; kill -$signal $server) > /dev/null 2>&1 &
watch=$!
wait $server
kill -KILL $watch
wait $watch
`;

/** Starts a server that cannot outlive this process, and waits until it is ready. */
export async function startGuarded(options: GuardedOptions): Promise<GuardedProcess> {
  const child = spawn(
    '/bin/sh',
    ['-c', guard, 'guard', options.signal.slice('SIG'.length), options.command, ...options.args],
    {
      stdio: ['pipe', 'pipe', 'ignore'],
      cwd: '/',
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
      ...options.user,
    },
  );
  const gone = once(child, 'exit');
  try {
    const pid = await readUntilReady(child, options);
    letGo(child);
    const end = async (signal: NodeJS.Signals = options.signal): Promise<void> => {
      child.ref();
      if (child.exitCode === null) process.kill(pid, signal);
      await gone;
    };
    return { end, tell: (signal) => void process.kill(pid, signal) };
  } catch (error) {
    child.stdin.end();
    await gone;
    throw error;
  }
}

/** Reads the server's output until it is ready, and returns its process id, which the guard writes. */
function readUntilReady(child: GuardChild, { command, readyText }: GuardedOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      // A quick server may be ready before the shell has written its line.
      const pid = /^pid (\d+)$/m.exec(text)?.[1];
      if (text.includes(readyText) && pid !== undefined) resolve(Number(pid));
    });
    child.once('error', reject);
    child.stdout.once('end', () => reject(new Error(`${command} did not start:\n${text}`)));
  });
}

/** A server that was not stopped must not keep this process alive. */
function letGo(child: GuardChild): void {
  child.unref();
  // Later output of the server is discarded.
  child.stdout.removeAllListeners('data').resume();
  for (const pipe of [child.stdin, child.stdout]) if (pipe instanceof Socket) pipe.unref();
}
