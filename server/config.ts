import { isIP } from 'node:net';
import { z } from 'zod';
import { type AllowedHost, parseAllowedHost } from './allowed-hosts.ts';

export type XeroSettings = {
  clientId: string;
  clientSecret: string;
  webhookKey: string | null;
  scopes: string[];
  /** What a consent asks for as well where records are sent to Xero. */
  syncScopes: string[];
  loginUrl: string;
  identityUrl: string;
  apiUrl: string;
  appUrl: string;
  dailyCalls: number;
  timeoutMs: number;
};

export type EnvironmentWorkspace = {
  id: string;
  name: string;
  secret: string;
  /** While the CRM changes its secret, tokens signed with either are accepted. */
  previousSecret: string | null;
  origins: string[];
};

/** What a process does: `web` answers people and the CRM, `worker` works on records, `all` does both. */
export type Role = 'web' | 'worker' | 'all';

export type Config = {
  role: Role;
  port: number;
  host: string;
  /** An origin without a trailing slash; the audience of record tokens. */
  publicUrl: string;
  /** Without it, SQLite in `dataDir`. */
  databaseUrl?: string;
  dataDir: string;
  /** Without it, memory, and one process only. */
  redisUrl?: string;
  /** Encrypts and decrypts. */
  encryptionKey: Uint8Array;
  /** These decrypt what they encrypted earlier and encrypt nothing new. */
  previousEncryptionKeys: Uint8Array[];
  xero: XeroSettings;
  workspace: EnvironmentWorkspace | null;
  metricsToken: string | null;
  logLevel: string;
  /** Requests per minute. */
  inbound: { opensPerAddress: number; requestsPerSession: number };
  /** Addresses and CIDR ranges whose `X-Forwarded-For` is trusted. Empty: none. */
  trustedProxies: string[];
  /** May be asked without https and on private addresses, for webhooks and receipts. */
  outgoingHosts: AllowedHost[];
  /** After SIGTERM: how long requests are still accepted, and when the process exits at the latest. */
  stop: { drainMs: number; boundMs: number };
};

const defaultScopes =
  'openid profile email offline_access accounting.contacts accounting.invoices accounting.settings.read accounting.payments accounting.attachments';
/** Items, accounts, tax rates and tracking are changed under `accounting.settings`. */
const defaultSyncScopes = 'accounting.settings accounting.payments';

const originSchema = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/` && !text.includes('*')) return url.origin;
  context.addIssue({
    code: 'custom',
    message: 'must be an http(s) origin without a path, such as https://crm.example',
  });
  return z.NEVER;
});

export const originsSchema = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(originSchema).min(1));

const encryptionKeySchema = z.string().transform((text, context) => {
  const key = Buffer.from(text, 'base64');
  if (key.length === 32 && /^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return new Uint8Array(key);
  context.addIssue({ code: 'custom', message: 'must be 32 bytes in base64 (make one: openssl rand -base64 32)' });
  return z.NEVER;
});

const encryptionKeysSchema = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(encryptionKeySchema).min(1));

const databaseUrlSchema = z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://');
const redisUrlSchema = z.string().regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://');
/** An address, a range such as 10.0.0.0/8, or one of the names for private ranges. */
const proxySchema = z
  .string()
  .refine(isAddressRange, 'must be addresses or ranges such as 10.0.0.0/8, or loopback, linklocal, uniquelocal');

function isAddressRange(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (version === 4 ? 32 : 128))
  );
}

const proxiesSchema = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(proxySchema));

const allowedHostSchema = z.string().transform((text, context) => {
  const allowed = parseAllowedHost(text);
  if (allowed) return allowed;
  context.addIssue({ code: 'custom', message: 'must be hosts such as crm.internal or 10.0.0.5:8080' });
  return z.NEVER;
});
const allowedHostsSchema = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(allowedHostSchema));

const countSchema = z.coerce.number('must be a number').int('must be a whole number').positive('must be above 0');
export const workspaceIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must contain only letters, digits, . _ and -');
export const workspaceSecretSchema = z
  .string()
  .refine((text) => Buffer.byteLength(text) >= 32, 'must be at least 32 bytes long');

const environmentSchema = z
  .object({
    ROLE: z.enum(['web', 'worker', 'all'], 'must be web, worker or all').default('all'),
    PORT: z.coerce.number('must be a number').int('must be a whole number').min(0).max(65_535).default(4000),
    HOST: z.string().default('localhost'),
    PUBLIC_URL: originSchema,
    DATABASE_URL: databaseUrlSchema.optional(),
    DATA_DIR: z.string().default('data'),
    REDIS_URL: redisUrlSchema.optional(),
    ENCRYPTION_KEY: encryptionKeySchema,
    ENCRYPTION_KEY_PREVIOUS: encryptionKeysSchema.optional(),
    XERO_CLIENT_ID: z.string(),
    XERO_CLIENT_SECRET: z.string(),
    XERO_WEBHOOK_KEY: z.string().optional(),
    XERO_SCOPES: z.string().default(defaultScopes),
    XERO_SYNC_SCOPES: z.string().default(defaultSyncScopes),
    XERO_LOGIN_URL: originSchema.default('https://login.xero.com'),
    XERO_IDENTITY_URL: originSchema.default('https://identity.xero.com'),
    XERO_API_URL: originSchema.default('https://api.xero.com'),
    XERO_APP_URL: originSchema.default('https://go.xero.com'),
    XERO_DAILY_CALLS: countSchema.default(1000),
    XERO_TIMEOUT_SECONDS: countSchema.default(10),
    WORKSPACE_ID: workspaceIdSchema.optional(),
    WORKSPACE_NAME: z.string().optional(),
    WORKSPACE_SECRET: workspaceSecretSchema.optional(),
    WORKSPACE_SECRET_PREVIOUS: workspaceSecretSchema.optional(),
    WORKSPACE_ORIGINS: originsSchema.optional(),
    METRICS_TOKEN: z.string().min(16, 'must be at least 16 characters long').optional(),
    OPENS_PER_MINUTE: countSchema.default(300),
    REQUESTS_PER_MINUTE: countSchema.default(300),
    TRUSTED_PROXIES: proxiesSchema.optional(),
    OUTGOING_HOSTS: allowedHostsSchema.optional(),
    DRAIN_SECONDS: z.coerce.number('must be a number').min(0, 'must not be negative').default(5),
    STOP_SECONDS: countSchema.default(28),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  })
  .superRefine((env, context) => {
    if (env.STOP_SECONDS <= env.DRAIN_SECONDS)
      context.addIssue({ code: 'custom', path: ['STOP_SECONDS'], message: 'must be more than DRAIN_SECONDS' });
    if (env.ROLE !== 'all' && env.REDIS_URL === undefined)
      context.addIssue({ code: 'custom', path: ['ROLE'], message: 'can only be all without REDIS_URL' });
    const parts = ['WORKSPACE_ID', 'WORKSPACE_SECRET', 'WORKSPACE_ORIGINS'] as const;
    if (
      ![...parts, 'WORKSPACE_NAME' as const, 'WORKSPACE_SECRET_PREVIOUS' as const].some(
        (name) => env[name] !== undefined,
      )
    )
      return;
    for (const name of parts) {
      if (env[name] === undefined)
        context.addIssue({
          code: 'custom',
          path: [name],
          message: 'is missing, but another WORKSPACE_ variable is set',
        });
    }
  });

/** Every fault in the environment, one per line. Values are never repeated. */
export class ConfigError extends Error {}

/** Reads the environment variables listed in README's Configuration. An empty variable counts as absent. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environmentSchema.safeParse(present, { error: describeMissing });
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${String(issue.path[0])} ${issue.message}`);
    throw new ConfigError(`Ledgerside cannot start:\n${faults.join('\n')}`);
  }
  return toConfig(parsed.data);
}

function describeMissing(issue: { code?: string; input?: unknown }): string | undefined {
  return issue.code === 'invalid_type' && issue.input === undefined ? 'is missing' : undefined;
}

function toConfig(env: z.output<typeof environmentSchema>): Config {
  return {
    role: env.ROLE,
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL,
    databaseUrl: env.DATABASE_URL,
    dataDir: env.DATA_DIR,
    redisUrl: env.REDIS_URL,
    encryptionKey: env.ENCRYPTION_KEY,
    previousEncryptionKeys: env.ENCRYPTION_KEY_PREVIOUS ?? [],
    xero: toXeroSettings(env),
    workspace:
      env.WORKSPACE_ID && env.WORKSPACE_SECRET && env.WORKSPACE_ORIGINS
        ? {
            id: env.WORKSPACE_ID,
            name: env.WORKSPACE_NAME ?? env.WORKSPACE_ID,
            secret: env.WORKSPACE_SECRET,
            previousSecret: env.WORKSPACE_SECRET_PREVIOUS ?? null,
            origins: env.WORKSPACE_ORIGINS,
          }
        : null,
    metricsToken: env.METRICS_TOKEN ?? null,
    logLevel: env.LOG_LEVEL,
    inbound: { opensPerAddress: env.OPENS_PER_MINUTE, requestsPerSession: env.REQUESTS_PER_MINUTE },
    trustedProxies: env.TRUSTED_PROXIES ?? [],
    outgoingHosts: env.OUTGOING_HOSTS ?? [],
    stop: { drainMs: env.DRAIN_SECONDS * 1000, boundMs: env.STOP_SECONDS * 1000 },
  };
}

function listWords(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

function toXeroSettings(env: z.output<typeof environmentSchema>): XeroSettings {
  return {
    clientId: env.XERO_CLIENT_ID,
    clientSecret: env.XERO_CLIENT_SECRET,
    webhookKey: env.XERO_WEBHOOK_KEY ?? null,
    scopes: listWords(env.XERO_SCOPES),
    syncScopes: listWords(env.XERO_SYNC_SCOPES),
    loginUrl: env.XERO_LOGIN_URL,
    identityUrl: env.XERO_IDENTITY_URL,
    apiUrl: env.XERO_API_URL,
    appUrl: env.XERO_APP_URL,
    dailyCalls: env.XERO_DAILY_CALLS,
    timeoutMs: env.XERO_TIMEOUT_SECONDS * 1000,
  };
}
