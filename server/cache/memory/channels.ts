export type MemoryChannels = {
  publish(channel: string, message: string): void;
  subscribe(channel: string, listener: (message: string) => void): () => Promise<void>;
  clear(): void;
};

/** Messages within one process. As with Redis, they arrive after the publisher's current step. */
export function buildMemoryChannels(onError: (error: unknown) => void): MemoryChannels {
  const channels = new Map<string, Set<{ hear(message: string): void }>>();

  const deliver = (channel: string, message: string): void => {
    for (const { hear } of [...(channels.get(channel) ?? [])]) {
      try {
        hear(message);
      } catch (error) {
        onError(error);
      }
    }
  };
  return {
    publish: (channel, message) => queueMicrotask(() => deliver(channel, message)),
    subscribe: (channel, listener) => {
      const listeners = channels.get(channel) ?? new Set();
      // Wrapped in an object, because the same function may listen twice and stop once.
      const entry = { hear: listener };
      channels.set(channel, listeners.add(entry));
      return async () => {
        listeners.delete(entry);
        if (listeners.size === 0 && channels.get(channel) === listeners) channels.delete(channel);
      };
    },
    clear: () => channels.clear(),
  };
}
