/**
 * Lets everything else that is due run first. Work of many steps on SQLite needs it: its calls end without waiting, so
 * other requests would stand still until the last step.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
