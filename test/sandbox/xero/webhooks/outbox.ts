import { type PostAnswer, post, type SignedAs, type Subscription } from './post.ts';

/** A POST that is sent now or later, by Xero's clock. */
export type Outgoing = { body: string; events: number; tenants: number; signedAs: SignedAs; dueAt: number };
export type PostedWebhook = PostAnswer & Pick<Outgoing, 'events' | 'tenants'> & { attempt: number };

type Waiting = Outgoing & { attempt: number; firstAt: number };

/** Sends one POST after the other. A failed one is retried at growing intervals for a day. */
export type Outbox = {
  put(outgoing: readonly Outgoing[]): void;
  /** Call after the clock or the subscription changed. */
  postDue(): void;
  clear(): void;
  list(): PostedWebhook[];
};

type OutboxDeps = { now: () => number; ending: AbortSignal; subscription: () => Subscription | undefined };

const firstRetryMs = 5_000;
const longestRetryMs = 3600_000;
const giveUpMs = 24 * 3600_000;

export function createOutbox({ now, ending, subscription }: OutboxDeps): Outbox {
  let isPosting = false;
  let alarm: NodeJS.Timeout | undefined;
  let waiting: Waiting[] = [];
  const posted: PostedWebhook[] = [];

  const postDue = async (): Promise<void> => {
    if (isPosting) return;
    isPosting = true;
    for (let next = takeDue(); next; next = takeDue()) await postOne(next.to, next.due);
    isPosting = false;
    setAlarm();
  };

  const takeDue = () => {
    const to = subscription();
    const due = waiting.find(({ dueAt }) => dueAt <= now());
    if (ending.aborted || !to || !due) return undefined;
    waiting = waiting.filter((one) => one !== due);
    return { to, due };
  };

  const postOne = async (to: Subscription, due: Waiting): Promise<void> => {
    const answer = await post(to, due.body, due.signedAs);
    const { events, tenants, attempt } = due;
    posted.push({ ...answer, events, tenants, attempt });
    // A POST with a wrong signature is meant to be refused and is not retried.
    if (answer.problem !== null && due.signedAs === 'right') waiting.push(...toRetry(due, now()));
  };

  const setAlarm = (): void => {
    clearTimeout(alarm);
    if (ending.aborted || waiting.length === 0) return;
    const nextAt = Math.min(...waiting.map(({ dueAt }) => dueAt));
    // Real time: the sandbox's clock runs with it.
    alarm = setTimeout(() => void postDue(), Math.max(0, nextAt - now()));
    alarm.unref();
  };
  ending.addEventListener('abort', () => clearTimeout(alarm));

  return {
    put: (outgoing) => {
      waiting.push(...outgoing.map((one) => ({ ...one, attempt: 1, firstAt: now() })));
      void postDue();
    },
    postDue: () => void postDue(),
    clear: () => {
      waiting = [];
    },
    list: () => posted,
  };
}

function toRetry(due: Waiting, now: number): Waiting[] {
  const dueAt = now + Math.min(longestRetryMs, firstRetryMs * 2 ** (due.attempt - 1));
  return dueAt - due.firstAt <= giveUpMs ? [{ ...due, attempt: due.attempt + 1, dueAt }] : [];
}
