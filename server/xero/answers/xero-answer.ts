/** What came back, whatever it means. Header names are lower case. */
export type XeroAnswer = {
  status: number;
  headers: Readonly<Record<string, string>>;
  text: string;
  /** Only where a file was asked for. */
  bytes?: Buffer;
};

/**
 * How a call ended. `code` is the system's own word (ECONNRESET), never a message, for messages may quote what was
 * sent. `cancelled`: nobody waits for the answer any more. `kept_back`: it never left.
 */
export type XeroOutcome =
  | { kind: 'answer'; answer: XeroAnswer }
  | { kind: 'timeout' | 'network' | 'too_large' | 'cancelled' | 'kept_back'; code: string };

export function isSuccess(answer: XeroAnswer): boolean {
  return answer.status >= 200 && answer.status < 300;
}
