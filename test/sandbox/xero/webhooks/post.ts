import { createHmac, randomBytes } from 'node:crypto';

export type Subscription = { url: string; key: string };
export type SignedAs = 'right' | 'wrong' | 'missing';

/** How one POST ended. `problem`: why Xero counts it as not received. */
export type PostAnswer = {
  /** 0 when no answer arrived. */
  status: number;
  problem: 'status' | 'body' | 'cookies' | 'unreachable' | null;
  durationMs: number;
};

/** How long Xero waits for an answer. */
const timeoutMs = 5_000;

export function sign(body: string, key: string): string {
  return createHmac('sha256', key).update(body).digest('base64');
}

/** Random letters that make every body different. */
export function newEntropy(): string {
  return randomBytes(15).toString('base64').replace(/[+/]/g, 'A');
}

/** Accepted answers: 200, an empty body, no cookies, within 5 seconds. */
export async function post({ url, key }: Subscription, body: string, signedAs: SignedAs): Promise<PostAnswer> {
  const signature = sign(body, signedAs === 'right' ? key : `${key}?`);
  const startedAt = performance.now();
  const ended = (status: number, problem: PostAnswer['problem']): PostAnswer => ({
    status,
    problem,
    durationMs: performance.now() - startedAt,
  });
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...(signedAs === 'missing' ? {} : { 'x-xero-signature': signature }),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await answer.text();
    return ended(answer.status, findProblem(answer, text));
  } catch {
    return ended(0, 'unreachable');
  }
}

function findProblem({ status, headers }: Response, text: string): PostAnswer['problem'] {
  if (status !== 200) return 'status';
  if (text !== '') return 'body';
  return headers.getSetCookie().length > 0 ? 'cookies' : null;
}

/** Xero's intent-to-receive check: a valid signature must be accepted, an invalid one refused with 401. */
export async function askIntent(subscription: Subscription): Promise<string | null> {
  const toBody = () =>
    JSON.stringify({ events: [], firstEventSequence: 0, lastEventSequence: 0, entropy: newEntropy() });
  for (const signedAs of ['right', 'wrong', 'right', 'wrong'] as const) {
    const { status, problem } = await post(subscription, toBody(), signedAs);
    if (signedAs === 'right' && problem !== null) return `signed right: ${problem} (${status})`;
    if (signedAs === 'wrong' && status !== 401) return `signed wrong: ${status} instead of 401`;
  }
  return null;
}
