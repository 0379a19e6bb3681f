import type { Cache } from '#server/cache/cache.ts';

/** How many listeners are called without a pause. More would hold up the rest of this process. */
const batchSize = 100;

type Listener<T> = { hear(value: T): void };
type Channel<T> = { listeners: Set<Listener<T>>; stop: Promise<() => Promise<void>>; told: Promise<void> };

/** Shares cache channels among many listeners, such as one per open widget. */
export type SharedListening<T> = {
  /** Returns a function that stops listening. Rejects as the cache's `subscribe` does. */
  listen(channel: string, hear: (value: T) => void): Promise<() => Promise<void>>;
};

type Asked<T> = {
  cache: Pick<Cache, 'subscribe'>;
  /** May throw. Then nobody receives the message, and the cache reports the error. */
  parse(message: string): T;
  /** Called when a listener throws. The other listeners are called all the same. */
  onError(error: unknown): void;
};

/**
 * One subscription per channel and one parse per message, however many listen. Listeners are called in the order of the
 * messages, in batches, with room for other work between two batches.
 */
export function buildSharedListening<T>({ cache, parse, onError }: Asked<T>): SharedListening<T> {
  const channels = new Map<string, Channel<T>>();

  function tell(listeners: readonly Listener<T>[], value: T): void {
    for (const { hear } of listeners) {
      try {
        hear(value);
      } catch (error) {
        onError(error);
      }
    }
  }

  async function tellInBatches({ listeners }: Channel<T>, value: T): Promise<void> {
    const all = [...listeners];
    for (let start = 0; start < all.length; start += batchSize) {
      if (start > 0) await new Promise((resolve) => setImmediate(resolve));
      // Skips listeners that have stopped meanwhile.
      const batch = all.slice(start, start + batchSize).filter((listener) => listeners.has(listener));
      tell(batch, value);
    }
  }

  function open(name: string): Channel<T> {
    const hear = (message: string): void => {
      const value = parse(message);
      channel.told = channel.told.then(() => tellInBatches(channel, value));
    };
    const channel: Channel<T> = {
      listeners: new Set(),
      stop: cache.subscribe(name, hear),
      told: Promise.resolve(),
    };
    channels.set(name, channel);
    return channel;
  }

  function forget(name: string, channel: Channel<T>): void {
    if (channels.get(name) === channel) channels.delete(name);
  }

  return {
    async listen(name, hear) {
      const channel = channels.get(name) ?? open(name);
      const listener = { hear };
      channel.listeners.add(listener);
      const stop = await channel.stop.catch((error: unknown) => {
        forget(name, channel);
        throw error;
      });
      return async () => {
        const isLast = channel.listeners.delete(listener) && channel.listeners.size === 0;
        if (!isLast) return;
        forget(name, channel);
        await stop();
      };
    },
  };
}
