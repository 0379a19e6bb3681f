import type { WebhookEvent } from './events.ts';

/** What the next POST of events meets; `delay` lets it leave later, by Xero's clock. */
export type WebhookFault = {
  kind: 'duplicate' | 'delay' | 'wrong-signature' | 'unknown-category';
  /** How many POSTs it meets: 1 unless told. */
  times?: number | undefined;
  delayMs?: number | undefined;
};

/** Beside what happened, something of a kind that comes to exist only later, and fields nobody has heard of. */
export const withStrangers = (events: readonly WebhookEvent[]) => ({
  events: [
    ...events.map((event) => ({
      eventCategory: 'TIMESHEET',
      eventType: 'APPROVE',
      tenantId: event.tenantId,
      shape: 2,
    })),
    ...events.map((event) => ({ ...event, resourceVersion: 7 })),
  ],
  schemaVersion: '2',
});

/** Faults in the order they were given, one a POST. */
export const createWebhookFaults = () => {
  const faults: { fault: WebhookFault; left: number }[] = [];
  return {
    add: (fault: WebhookFault): void => {
      faults.push({ fault, left: fault.times ?? 1 });
    },
    take: (): WebhookFault | undefined => {
      const found = faults.find(({ left }) => left > 0);
      if (found) found.left -= 1;
      return found?.fault;
    },
  };
};
