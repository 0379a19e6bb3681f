/**
 * Every error code of the product: its HTTP status and its title (RFC 9457). The widget turns a code into words and an
 * action. No code decides by text. `error-retries.ts` says which may succeed later.
 */
export const errorCatalogue = {
  // Tokens of the CRM, and sessions
  token_invalid: { status: 401, title: 'The token is not valid' },
  token_expired: { status: 401, title: 'The token has expired' },
  token_replayed: { status: 401, title: 'The record token was used before' },
  clock_skew: { status: 401, title: 'The clock of the CRM’s server is wrong' },
  record_mismatch: { status: 403, title: 'The record token is for another record' },
  token_unavailable: { status: 502, title: 'The page provided no record token' },
  session_expired: { status: 401, title: 'The session has ended' },
  // Requests
  invalid_request: { status: 400, title: 'The request is not valid' },
  forbidden: { status: 403, title: 'You don’t have permission to do this' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  payload_too_large: { status: 413, title: 'The request is too large' },
  unsupported_media_type: { status: 415, title: 'The media type is not supported' },
  headers_too_large: { status: 431, title: 'The request’s headers are too large' },
  request_timeout: { status: 408, title: 'The request took too long to arrive' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong' },
  unavailable: { status: 503, title: 'The service is not available right now' },
  storage_full: { status: 507, title: 'The storage is full' },
  // Connection
  not_connected: { status: 409, title: 'Xero is not connected' },
  reconnect_needed: { status: 409, title: 'Xero needs to be connected again' },
  connect_ticket_invalid: { status: 400, title: 'This connect link is no longer valid' },
  access_changed: { status: 409, title: 'Someone else saved the access list' },
  // Linking and adding
  contact_exists: { status: 409, title: 'A Xero contact with this name already exists' },
  contact_archived: { status: 409, title: 'This Xero contact is archived' },
  outcome_unknown: { status: 409, title: 'An earlier attempt is still being checked' },
  already_created: { status: 409, title: 'This form has already created its document' },
  preflight_failed: { status: 422, title: 'Some fields need fixing' },
  action_not_allowed: { status: 409, title: 'This is not possible in the current status' },
  // Records of the CRM
  stale_version: { status: 409, title: 'A newer version is here' },
  version_reused: { status: 422, title: 'This version was used for other data' },
  cursor_expired: { status: 410, title: 'This cursor is older than the changes that are kept' },
  already_accepted: { status: 409, title: 'This was accepted as another record' },
  crm_id_taken: { status: 409, title: 'The record has another document in Xero' },
  question_changed: { status: 409, title: 'The facts have changed since this was asked' },
  confirmation_wrong: { status: 422, title: 'This is not the name of the organisation' },
  run_in_progress: { status: 409, title: 'A run is still in progress' },
  // Xero
  xero_timeout: { status: 504, title: 'Xero did not answer in time' },
  xero_unreachable: { status: 502, title: 'Xero could not be reached' },
  xero_unavailable: { status: 503, title: 'Xero is having a problem' },
  xero_invalid_answer: { status: 502, title: 'Xero sent an answer that cannot be read' },
  calls_paced: { status: 503, title: 'Waiting to call Xero' },
  xero_rate_limited: { status: 503, title: 'Xero asked us to wait' },
  xero_day_limit: { status: 503, title: "Today's calls to Xero are used up" },
  xero_unauthorized: { status: 502, title: 'Xero refused the connection' },
  xero_forbidden: { status: 502, title: 'Xero does not allow this' },
  xero_not_found: { status: 404, title: 'This no longer exists in Xero' },
  xero_rejected: { status: 422, title: 'Xero refused the request' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errorCatalogue;

export const errorCodes = Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]];
