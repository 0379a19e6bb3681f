import type { SyncPlace } from '#server/sync-place.ts';
import { toPlaceKey } from '../jobs.ts';

export type WakeSender = {
  /** Sends a wake-up. Never rejects and never waits. Wake-ups of a place that is being sent are one more. */
  send(place: SyncPlace): void;
  /** Waits until nothing is on its way any more. */
  untilSent(): Promise<void>;
};

export type Sending = {
  /** May take seconds while Redis hangs. */
  add(place: SyncPlace): Promise<void>;
  /** Hears of the first failure after a success. */
  onAway(error: unknown): void;
};

/** `onLost` receives each wake-up that could not be added. */
export function buildWakeSender({ add, onAway }: Sending, onLost: (place: SyncPlace) => void): WakeSender {
  let isAway = false;
  /** The places that are being sent, and whether they were woken again meanwhile. */
  const sending = new Map<string, { isWokenAgain: boolean; sent: Promise<void> }>();

  const addOrTell = async (place: SyncPlace): Promise<void> => {
    try {
      await add(place);
      isAway = false;
    } catch (error) {
      if (!isAway) onAway(error);
      isAway = true;
      onLost(place);
    }
  };
  const send = (place: SyncPlace): void => {
    const key = toPlaceKey(place);
    const known = sending.get(key);
    if (known) {
      known.isWokenAgain = true;
      return;
    }
    const sent = addOrTell(place).then(() => {
      const isWokenAgain = sending.get(key)?.isWokenAgain ?? false;
      sending.delete(key);
      if (isWokenAgain) send(place);
    });
    sending.set(key, { isWokenAgain: false, sent });
  };
  return {
    send,
    untilSent: async () => {
      while (sending.size > 0) await Promise.all([...sending.values()].map(({ sent }) => sent));
    },
  };
}
