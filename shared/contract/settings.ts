import { z } from 'zod';
import type { AuditChange } from './audit.ts';
import { rightSchema } from './record.ts';
import type { Route } from './route.ts';
import { linkSchema, textSchema } from './text.ts';

export const organisationSchema = z.object({
  id: z.guid(),
  name: z.string(),
  baseCurrency: z.string(),
  countryCode: z.string().nullable(),
  /** IANA name. */
  timeZone: z.string(),
  /** Opens the organisation in Xero. */
  url: linkSchema.nullable(),
});
export type OrganisationAnswer = z.infer<typeof organisationSchema>;

export const connectOutcomeSchema = z.enum(['connected', 'denied', 'failed']);
export const connectReasonSchema = z.enum([
  'consent_denied',
  'state_invalid',
  'state_expired',
  'other_browser',
  'other_organisation',
  'several_organisations',
  'no_organisation',
  'xero_refused',
  'xero_unreachable',
]);
export type ConnectReason = z.infer<typeof connectReasonSchema>;

/** Why a person must connect again. */
export const reconnectReasonSchema = z.enum([
  'token_refused',
  'disconnected_in_xero',
  'not_entitled',
  'scope_missing',
  'key_changed',
]);
export type ReconnectReason = z.infer<typeof reconnectReasonSchema>;

export const connectionSchema = z.object({
  status: z.enum(['running', 'paused', 'reconnect_needed', 'disconnected']),
  /**
   * Why a person must connect again, as one of our codes. `scope_missing` while running: in settings and the overview of
   * sync, when sync is on and lacks a scope. Everything else works.
   */
  reason: reconnectReasonSchema.nullable(),
  /** The instant until which Xero asked us to wait; only when paused. */
  pausedUntil: z.iso.datetime().nullable(),
  connectedAt: z.iso.datetime().nullable(),
  connectedBy: z.string().nullable(),
  lastAttempt: z
    .object({ outcome: connectOutcomeSchema, reason: connectReasonSchema.nullable(), at: z.iso.datetime() })
    .nullable(),
});
export type ConnectionAnswer = z.infer<typeof connectionSchema>;

export const crmUserSchema = z.object({ id: z.string(), name: z.string(), email: z.string() });
export type CrmUser = z.infer<typeof crmUserSchema>;

export const accessEntrySchema = z.object({
  userId: textSchema(200).min(1),
  name: textSchema(500),
  email: textSchema(500),
  rights: z.array(rightSchema),
});
export type AccessEntry = z.infer<typeof accessEntrySchema>;

/** With `access_changed`: one save that the refused one did not know about. */
export type AccessSaving = { by: string; at: string; changes: AuditChange[] };

/** Account codes and tax types that new documents start with. */
export const defaultsSchema = z.object({
  salesAccountCode: z.string().max(10).optional(),
  purchasesAccountCode: z.string().max(10).optional(),
  salesTaxType: z.string().max(50).optional(),
  purchasesTaxType: z.string().max(50).optional(),
});
export type Defaults = z.infer<typeof defaultsSchema>;

/** Calls to Xero since midnight UTC, as far as known. The limit is configured. */
export const usageSchema = z.object({ callsToday: z.int(), dailyCalls: z.int() });

export const settingsSchema = z.object({
  connection: connectionSchema,
  organisation: organisationSchema.nullable(),
  users: z.array(crmUserSchema),
  access: z.array(accessEntrySchema),
  /** Increases with every save of the access list. */
  accessVersion: z.int(),
  defaults: defaultsSchema,
  usage: usageSchema,
});
export type Settings = z.infer<typeof settingsSchema>;

export const getSettingsRoute = {
  method: 'GET',
  path: '/api/settings',
  summary: 'Connection, access and defaults; for CRM admins in the settings view',
  status: 200,
  response: settingsSchema,
} as const satisfies Route;

export const putSettingsRoute = {
  method: 'PUT',
  path: '/api/settings',
  summary:
    'Replace the access list, the defaults, or both. Missing names come from the token’s users. If accessVersion is outdated, 409 access_changed lists the saves in between',
  body: z.object({
    access: z
      .array(accessEntrySchema.partial({ name: true, email: true }))
      .max(2000)
      .optional(),
    /** The version of the list that was edited. Without it, the current list is replaced whatever its version. */
    accessVersion: z.int().optional(),
    defaults: defaultsSchema.optional(),
  }),
  status: 200,
  response: settingsSchema,
} as const satisfies Route;

export const connectRoute = {
  method: 'POST',
  path: '/api/connect',
  summary:
    'Get a link to the connect page, valid once within 60 seconds; open it as a top-level page. sync=true also asks for the scopes that sync needs, as is done anyway while sync is on',
  querystring: z.object({ sync: z.enum(['true', 'false']).optional() }),
  status: 200,
  /** A path on this server. */
  response: z.object({ url: z.string().regex(/^\/connect\?ticket=[\w-]+$/) }),
} as const satisfies Route;

export const disconnectRoute = {
  method: 'DELETE',
  path: '/api/connection',
  summary: 'Disconnect from Xero; links are kept and return with the organisation',
  status: 200,
  response: settingsSchema,
} as const satisfies Route;
