import { z } from 'zod';
import { AppError } from '#shared/app-error.ts';
import { errorCodes } from '#shared/error-catalogue.ts';

/** How a load ended. `error` is present only when another process may know it. */
export type FlightEnd = { isLoaded: true; error?: undefined } | { isLoaded: false; error: AppError | undefined };

const messageSchema = z.object({
  code: z.enum(errorCodes).optional(),
  retryAfterSeconds: z.number().optional(),
});

/** Shares only the code and the wait of an error. Its other details may be meant for one person only. */
export function formatFlightEnd({ error }: FlightEnd): string {
  return JSON.stringify({ code: error?.code, retryAfterSeconds: error?.details.retryAfterSeconds });
}

export function parseFlightEnd(message: string): FlightEnd {
  const { code, retryAfterSeconds } = messageSchema.parse(JSON.parse(message));
  if (code === undefined) return { isLoaded: true };
  return {
    isLoaded: false,
    error: new AppError(code, retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}
