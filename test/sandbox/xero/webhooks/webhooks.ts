import type { WebhookCategory, WebhookEvent } from './events.ts';
import { createOutbox, type Outgoing, type PostedWebhook } from './outbox.ts';
import { askIntent, newEntropy, type PostAnswer, post, type SignedAs, type Subscription } from './post.ts';
import { createWebhookFaults, type WebhookFault, withStrangers } from './webhook-faults.ts';

/** What the registered app is told. Nothing while it has no subscription. */
export type Webhooks = {
  /** First runs the intent-to-receive check. A returned reason means that the subscription failed. */
  subscribe(subscription: Subscription, categories: readonly WebhookCategory[]): Promise<string | null>;
  unsubscribe(): void;
  isListening(): boolean;
  tell(events: readonly WebhookEvent[]): void;
  /** Holds events back until they are released: all in one POST, or one POST each, newest first. */
  hold(): void;
  release(order: 'together' | 'newest first'): void;
  fault(fault: WebhookFault): void;
  /** Sends any body, at once and without retries. */
  send(body: string, signedAs: SignedAs): Promise<PostAnswer>;
  /** Every POST of events so far. */
  list(): PostedWebhook[];
  /** Call after the clock was moved. */
  postDue(): void;
};

type Told = { event: WebhookEvent; sequence: number };

export function createWebhooks(now: () => number, ending: AbortSignal): Webhooks {
  let listening: { subscription: Subscription; categories: ReadonlySet<string> } | undefined;
  let sequence = 0;
  let held: Told[] | undefined;
  const outbox = createOutbox({ now, ending, subscription: () => listening?.subscription });
  const faults = createWebhookFaults();
  const leave = (told: readonly Told[]) => outbox.put(told.length > 0 ? toOutgoing(told, faults.take(), now()) : []);

  const unsubscribe = (): void => {
    listening = undefined;
    held = undefined;
    outbox.clear();
  };

  return {
    subscribe: async (subscription, categories) => {
      unsubscribe();
      const reason = await askIntent(subscription);
      if (reason === null) listening = { subscription, categories: new Set(categories) };
      return reason;
    },
    unsubscribe,
    isListening: () => listening !== undefined,
    tell: (events) => {
      const known = events.filter(({ eventCategory }) => listening?.categories.has(eventCategory));
      const told = known.map((event, index) => ({ event, sequence: sequence + index + 1 }));
      sequence += told.length;
      if (held) held.push(...told);
      else leave(told);
    },
    hold: () => {
      held ??= [];
    },
    release: (order) => {
      const told = held ?? [];
      held = undefined;
      for (const part of order === 'together' ? [told] : told.toReversed().map((one) => [one])) leave(part);
    },
    fault: faults.add,
    send: async (body, signedAs) => {
      if (!listening) throw new Error('nobody has subscribed to webhooks');
      return post(listening.subscription, body, signedAs);
    },
    list: outbox.list,
    postDue: outbox.postDue,
  };
}

/** Turns events into one POST, or into what a fault makes of it. */
function toOutgoing(told: readonly Told[], fault: WebhookFault | undefined, now: number): Outgoing[] {
  const events = told.map(({ event }) => event);
  const outgoing: Outgoing = {
    body: JSON.stringify({
      ...(fault?.kind === 'unknown-category' ? withStrangers(events) : { events }),
      firstEventSequence: told[0]?.sequence ?? 0,
      lastEventSequence: told.at(-1)?.sequence ?? 0,
      entropy: newEntropy(),
    }),
    events: events.length,
    tenants: new Set(events.map(({ tenantId }) => tenantId)).size,
    signedAs: fault?.kind === 'wrong-signature' ? 'wrong' : 'right',
    dueAt: now + (fault?.kind === 'delay' ? (fault.delayMs ?? 1_000) : 0),
  };
  return fault?.kind === 'duplicate' ? [outgoing, outgoing] : [outgoing];
}
