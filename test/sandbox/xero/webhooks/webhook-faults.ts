import type { WebhookEvent } from './events.ts';

/** What happens to the next POST of events. `delay` sends it later, by Xero's clock. */
export type WebhookFault = {
  kind: 'duplicate' | 'delay' | 'wrong-signature' | 'unknown-category';
  /** How many POSTs are affected; 1 by default. */
  times?: number | undefined;
  delayMs?: number | undefined;
};

/** Adds an event of an unknown future kind and unknown fields to the real events. */
export function withStrangers(events: readonly WebhookEvent[]) {
  return {
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
  };
}

/** Faults in the order in which they were given, one per POST. */
export function createWebhookFaults() {
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
}
