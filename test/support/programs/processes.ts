import { findFreePort } from './free-port.ts';
import type { Product } from './product.ts';

/** The product's processes over one database: the first one, and those beside it, with one time for all. */
export type Processes = {
  first(): Product;
  restart(signal?: NodeJS.Signals): Promise<void>;
  /** Stops the first one (SIGSTOP); its clock is moved when it goes on (SIGCONT). */
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
  /** While the first one is stopped: how far its clock is behind. */
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
      // One that is stopped hears of nothing else.
      await first.stop(owedSeconds === undefined ? 'SIGTERM' : 'SIGKILL');
    },
  };
}
