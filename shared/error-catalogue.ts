/**
 * Every error code of the product: its HTTP status, its title (RFC 9457) and whether the same request may succeed
 * later. The widget turns a code into words and an action. No code decides by text.
 */
export const errorCatalogue = {
  // Record tokens and sessions
  token_invalid: { status: 401, title: 'The record token is not valid', retryable: false },
  token_expired: { status: 401, title: 'The record token has expired', retryable: true },
  token_replayed: { status: 401, title: 'The record token was used before', retryable: true },
  clock_skew: { status: 401, title: 'The clock of the CRM’s server is wrong', retryable: false },
  record_mismatch: { status: 403, title: 'The record token is for another record', retryable: false },
  token_unavailable: { status: 502, title: 'The page provided no record token', retryable: true },
  session_expired: { status: 401, title: 'The session has ended', retryable: true },
  // Requests
  invalid_request: { status: 400, title: 'The request is not valid', retryable: false },
  forbidden: { status: 403, title: 'You don’t have permission to do this', retryable: false },
  not_found: { status: 404, title: 'Not found', retryable: false },
  method_not_allowed: { status: 405, title: 'Method not allowed', retryable: false },
  payload_too_large: { status: 413, title: 'The request is too large', retryable: false },
  unsupported_media_type: { status: 415, title: 'The media type is not supported', retryable: false },
  headers_too_large: { status: 431, title: 'The request’s headers are too large', retryable: false },
  request_timeout: { status: 408, title: 'The request took too long to arrive', retryable: true },
  too_many_requests: { status: 429, title: 'Too many requests', retryable: true },
  internal: { status: 500, title: 'Something went wrong', retryable: true },
  unavailable: { status: 503, title: 'The service is not available right now', retryable: true },
  storage_full: { status: 507, title: 'The storage is full', retryable: true },
  // Connection
  not_connected: { status: 409, title: 'Xero is not connected', retryable: false },
  reconnect_needed: { status: 409, title: 'Xero needs to be connected again', retryable: false },
  connect_ticket_invalid: { status: 400, title: 'This connect link is no longer valid', retryable: false },
  access_changed: { status: 409, title: 'Someone else saved the access list', retryable: false },
  // Linking and adding
  contact_exists: { status: 409, title: 'A Xero contact with this name already exists', retryable: false },
  contact_archived: { status: 409, title: 'This Xero contact is archived', retryable: false },
  outcome_unknown: { status: 409, title: 'An earlier attempt is still being checked', retryable: true },
  already_created: { status: 409, title: 'This form has already created its document', retryable: false },
  preflight_failed: { status: 422, title: 'Some fields need fixing', retryable: false },
  action_not_allowed: { status: 409, title: 'Xero does not allow this in the current status', retryable: false },
  // Records of the CRM
  stale_version: { status: 409, title: 'A newer version is here', retryable: false },
  version_reused: { status: 422, title: 'This version was used for other data', retryable: false },
  // Xero
  xero_timeout: { status: 504, title: 'Xero did not answer in time', retryable: true },
  xero_unreachable: { status: 502, title: 'Xero could not be reached', retryable: true },
  xero_unavailable: { status: 503, title: 'Xero is having a problem', retryable: true },
  xero_invalid_answer: { status: 502, title: 'Xero sent an answer that cannot be read', retryable: true },
  calls_paced: { status: 503, title: 'Waiting to call Xero', retryable: true },
  xero_rate_limited: { status: 503, title: 'Xero asked us to wait', retryable: true },
  xero_day_limit: { status: 503, title: "Today's calls to Xero are used up", retryable: true },
  xero_unauthorized: { status: 502, title: 'Xero refused the connection', retryable: false },
  xero_forbidden: { status: 502, title: 'Xero does not allow this', retryable: false },
  xero_not_found: { status: 404, title: 'This no longer exists in Xero', retryable: false },
  xero_rejected: { status: 422, title: 'Xero refused the request', retryable: false },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>;

export type ErrorCode = keyof typeof errorCatalogue;

export const errorCodes = Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]];
