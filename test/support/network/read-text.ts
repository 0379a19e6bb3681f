/** Reads the whole answer. An event stream lasts as long as its session, so it is closed without reading. */
export async function readText(answer: Response): Promise<string> {
  if (!/event-stream/.test(answer.headers.get('content-type') ?? '')) return answer.text();
  await answer.body?.cancel();
  return '';
}
