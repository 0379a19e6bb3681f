import { findFreePort } from './free-port.ts';
import type { Product } from './product.ts';

/** The product's processes on one database, the first one and others, with the same time for all. */
export type Processes = {
  first(): Product;
  restart(signal?: NodeJS.Signals): Promise<void>;
  /** Suspends the first process (SIGSTOP). Its clock catches up when it resumes (SIGCONT). */
  freeze(): void;
  thaw(): Promise<void>;
  startBeside(): Promise<Product>;
  advanceSeconds(seconds: number): Promise<void>;
  stop(): Promise<void>;
};

export async function startProcesses(start: (port: number) => Promise<Product>, port: number): Promise<Processes> {
  let first = await start(port);
  const besides: Product[] = [];
  let movedSeconds = 0;
  /** How far the first process's clock is behind while it is suspended. */
  let owedSeconds: number | undefined;
  const catchUp = async (product: Product): Promise<void> => {
    if (movedSeconds > 0) await product.advanceSeconds(movedSeconds);
  };
  return {
    first: () => first,
    restart: async (signal) => {
      await first.stop(signal);
      first = await start(port);
      await catchUp(first);
    },
    freeze: () => {
      owedSeconds = 0;
      first.signal('SIGSTOP');
    },
    thaw: async () => {
      const seconds = owedSeconds ?? 0;
      owedSeconds = undefined;
      first.signal('SIGCONT');
      if (seconds > 0) await first.advanceSeconds(seconds);
    },
    startBeside: async () => {
      const beside = await start(await findFreePort());
      besides.push(beside);
      await catchUp(beside);
      return beside;
    },
    advanceSeconds: async (seconds) => {
      if (owedSeconds === undefined) await first.advanceSeconds(seconds);
      else owedSeconds += seconds;
      for (const beside of besides) await beside.advanceSeconds(seconds);
      movedSeconds += seconds;
    },
    stop: async () => {
      for (const beside of besides) await beside.stop();
      // A suspended process reacts to no other signal.
      await first.stop(owedSeconds === undefined ? 'SIGTERM' : 'SIGKILL');
    },
  };
}
