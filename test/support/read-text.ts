/** All of an answer; of a stream of events, which ends with its session, nothing, and it is hung up. */
export async function readText(answer: Response): Promise<string> {
  if (!/event-stream/.test(answer.headers.get('content-type') ?? '')) return answer.text();
  await answer.body?.cancel();
  return '';
}
