import type { Cache } from './cache.ts';
import type { RedisConnections } from './redis-connections.ts';
import { fromRedis } from './redis-error.ts';

type ChannelDeps = RedisConnections & { prefix: string; onError(error: unknown): void };

/** After a lost connection the client subscribes again by itself; messages sent meanwhile are lost. */
export const buildRedisChannels = ({
  commands,
  listening,
  prefix,
  onError,
}: ChannelDeps): Pick<Cache, 'publish' | 'subscribe' | 'onInterrupted'> => ({
  publish: async (channel, message) => {
    await fromRedis(() => commands.publish(prefix + channel, message));
  },
  subscribe: async (channel, listener) => {
    // A function of its own for each call: the same listener may listen twice and stop once.
    const hear = (message: string): void => {
      try {
        listener(message);
      } catch (error) {
        onError(error);
      }
    };
    await fromRedis(() => listening.subscribe(prefix + channel, hear));
    return () => fromRedis(() => listening.unsubscribe(prefix + channel, hear));
  },
  onInterrupted: (listener) => {
    listening.on('reconnecting', listener);
    return () => void listening.off('reconnecting', listener);
  },
});
