/** Measures each of `count` runs in milliseconds, one after the other. */
export async function timeEach(count: number, deed: (index: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const startedAt = performance.now();
    await deed(index);
    times.push(performance.now() - startedAt);
  }
  return times;
}

export function medianOf(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}
