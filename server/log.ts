import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';

type LogOptions = Pick<LoggerOptions, 'base'> & { level: string };

/** The process's log, as JSON lines. Every error in it goes through `describeError`. */
export function buildLog(options: LogOptions, destination?: DestinationStream): Logger {
  const settings = { ...options, serializers: { err: describeError } };
  return destination ? pino(settings, destination) : pino(settings);
}

type DescribedError = { type: string; code?: string; message?: string; frames?: string[]; cause?: DescribedError };

/**
 * What a log may contain of an error: its kind, its code and its stack. The message is kept only for the runtime's
 * errors and our own plain ones, because other messages quote data: a parser what it read, a database what was stored,
 * Xero a person.
 */
export function describeError(error: unknown, depth = 0): DescribedError | undefined {
  if (!(error instanceof Error)) return error === undefined ? undefined : { type: typeof error };
  const { name, message, stack = '', cause } = error;
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: name,
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    ...(isPlain(error) && { message }),
    frames: frames.slice(0, 12).map((line) => line.trim()),
    ...(cause instanceof Error && depth < 4 && { cause: describeError(cause, depth + 1) }),
  };
}

function isPlain(error: Error): boolean {
  return [Error, TypeError, RangeError, ReferenceError].some((kind) => error.constructor === kind);
}
