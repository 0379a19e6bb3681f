import { XeroFault } from './errors.ts';
import type { LimitProblem } from './faults.ts';

export type LimitSettings = { inFlight: number; minute: number; day: number; appMinute: number };

/** The four documented limits. The daily limit is 1,000 on Xero's Starter tier. */
export const documentedLimits: LimitSettings = { inFlight: 5, minute: 60, day: 1000, appMinute: 10_000 };

export type LimitChange = Partial<LimitSettings> & {
  /** What is left today for every organisation. */
  dayRemaining?: number;
};

export type Limits = {
  /** Counts a call, or throws the 429. Returns a function that ends the call; calling it twice is harmless. */
  admit(tenantId: string): () => void;
  headers(tenantId: string): Record<string, string>;
  change(change: LimitChange): void;
  peak(): { inFlight: number; refused: number };
};

type Use = { inFlight: number; minute: number[]; day: number; daySpent: number };

const windowMs = 60_000;
const dayMs = 86_400_000;

export function createLimits(now: () => number, tenantIds: string[]): Limits {
  const settings = { ...documentedLimits };
  const uses = new Map<string, Use>();
  let app: number[] = [];
  let peak = 0;
  let refused = 0;

  const spendingOf = (tenantId: string): Use => {
    const today = Math.floor(now() / dayMs);
    const known = uses.get(tenantId) ?? { inFlight: 0, minute: [], day: today, daySpent: 0 };
    uses.set(tenantId, known);
    known.minute = within(known.minute, now());
    app = within(app, now());
    if (known.day !== today) Object.assign(known, { day: today, daySpent: 0 });
    return known;
  };

  const refusal = (use: Use): XeroFault | undefined => {
    if (use.daySpent >= settings.day) return tooMany('day', Math.ceil((dayMs - (now() % dayMs)) / 1000));
    if (use.minute.length >= settings.minute) return tooMany('minute', untilFree(use.minute, settings.minute, now()));
    if (app.length >= settings.appMinute) return tooMany('appminute', untilFree(app, settings.appMinute, now()));
    return use.inFlight >= settings.inFlight ? tooMany('concurrent') : undefined;
  };

  const admit = (tenantId: string): (() => void) => {
    const use = spendingOf(tenantId);
    const problem = refusal(use);
    if (problem) {
      refused += 1;
      throw problem;
    }
    use.minute.push(now());
    app.push(now());
    use.daySpent += 1;
    use.inFlight += 1;
    peak = Math.max(peak, use.inFlight);
    return once(() => {
      use.inFlight -= 1;
    });
  };

  const headers = (tenantId: string) => {
    const use = spendingOf(tenantId);
    return {
      'x-daylimit-remaining': String(Math.max(0, settings.day - use.daySpent)),
      'x-minlimit-remaining': String(Math.max(0, settings.minute - use.minute.length)),
      'x-appminlimit-remaining': String(Math.max(0, settings.appMinute - app.length)),
    };
  };

  const change = ({ dayRemaining, ...given }: LimitChange) => {
    Object.assign(settings, given);
    if (dayRemaining === undefined) return;
    for (const tenantId of tenantIds) spendingOf(tenantId).daySpent = settings.day - dayRemaining;
  };

  return { admit, headers, change, peak: () => ({ inFlight: peak, refused }) };
}

function within(times: number[], now: number): number[] {
  return times.filter((time) => time > now - windowMs);
}

/** Seconds until the window has room for one more call. */
function untilFree(times: number[], limit: number, now: number): number {
  const blocking = times[times.length - limit] ?? now;
  return Math.max(1, Math.ceil((blocking + windowMs - now) / 1000));
}

function tooMany(problem: LimitProblem, retryAfterSeconds?: number): XeroFault {
  return new XeroFault(429, '', {
    'x-rate-limit-problem': problem,
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  });
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}
