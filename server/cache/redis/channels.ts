import type { Cache } from '../cache.ts';
import type { RedisConnections } from './connections.ts';

type ChannelDeps = RedisConnections & { prefix: string; onError(error: unknown): void };

/** After a lost connection the client subscribes again on its own. Messages sent meanwhile are lost. */
export function buildRedisChannels({
  commands,
  listening,
  calls,
  prefix,
  onError,
}: ChannelDeps): Pick<Cache, 'publish' | 'subscribe' | 'onInterrupted'> {
  return {
    publish: async (channel, message) => {
      await calls.run(() => commands.publish(prefix + channel, message));
    },
    subscribe: async (channel, listener) => {
      let isOver = false;
      // A new function for each call, because the same listener may listen twice and stop once.
      const hear = (message: string): void => {
        try {
          if (!isOver) listener(message);
        } catch (error) {
          onError(error);
        }
      };
      let subscribed: Promise<void> | undefined;
      const stop = (): Promise<void> => {
        isOver = true;
        return calls.runAnyway(() => listening.unsubscribe(prefix + channel, hear));
      };
      try {
        await calls.run(() => {
          subscribed = listening.subscribe(prefix + channel, hear);
          return subscribed;
        });
      } catch (error) {
        // Redis may still carry out the subscription late, when nobody listens any more.
        subscribed?.then(stop).catch(() => undefined);
        throw error;
      }
      return stop;
    },
    onInterrupted: (listener) => {
      listening.on('reconnecting', listener);
      return () => void listening.off('reconnecting', listener);
    },
  };
}
