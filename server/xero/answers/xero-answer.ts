/** Xero's raw answer. Header names are lower case. */
export type XeroAnswer = {
  status: number;
  headers: Readonly<Record<string, string>>;
  text: string;
  /** Present only when a file was requested. */
  bytes?: Buffer;
};

/**
 * How a call ended. `code` is the system's error code (ECONNRESET), never a message, because messages may quote the
 * request. `cancelled`: nobody waits for the answer any more. `kept_back`: it was never sent.
 */
export type XeroOutcome =
  | { kind: 'answer'; answer: XeroAnswer }
  | { kind: 'timeout' | 'network' | 'too_large' | 'cancelled' | 'kept_back'; code: string };

export function isSuccess(answer: XeroAnswer): boolean {
  return answer.status >= 200 && answer.status < 300;
}
