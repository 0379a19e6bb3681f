/** Xero read it and said no. */
export const refusals: readonly string[] = ['xero_rejected', 'xero_not_found'];
/** It was not let in: that proves something only where nothing was sent before. */
export const turnedAway: readonly string[] = [
  'calls_paced',
  'xero_rate_limited',
  'xero_day_limit',
  'xero_unauthorized',
  'xero_forbidden',
  'reconnect_needed',
  'not_connected',
];
