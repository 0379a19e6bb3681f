import { describe, expect, test } from 'vitest';
import { ConfigError, parseConfig } from './config.ts';

const good = {
  PUBLIC_URL: 'http://localhost:4000',
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  XERO_CLIENT_ID: 'id',
  XERO_CLIENT_SECRET: 'secret-of-the-app',
  WORKSPACE_ID: 'acme',
  WORKSPACE_SECRET: 'a'.repeat(32),
  WORKSPACE_ORIGINS: 'https://crm.example, http://127.0.0.1:4200',
};

function faultsOf(env: Record<string, string | undefined>): string {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

describe('parseConfig', () => {
  test('when everything needed is there, then the rest has its defaults', () => {
    const config = parseConfig(good);
    expect(config.port).toBe(4000);
    expect(config.workspace?.origins).toEqual(['https://crm.example', 'http://127.0.0.1:4200']);
    expect(config.workspace?.name).toBe('acme');
    expect(config.xero).toMatchObject({ apiUrl: 'https://api.xero.com', dailyCalls: 1000 });
    expect(config.redisUrl).toBeUndefined();
    expect(config.stop).toEqual({ drainMs: 5_000, boundMs: 28_000 });
  });

  test('lists every fault in one message and repeats no value', () => {
    const message = faultsOf({
      PORT: 'x',
      PUBLIC_URL: 'localhost:4000/path',
      ENCRYPTION_KEY: 'c2hvcnQ=',
      DATABASE_URL: 'mysql://hidden',
      REDIS_URL: 'hidden',
      WORKSPACE_ID: 'acme',
      WORKSPACE_SECRET: 'too-short-hidden',
      METRICS_TOKEN: 'hidden',
    });
    for (const name of ['PORT', 'PUBLIC_URL', 'ENCRYPTION_KEY', 'XERO_CLIENT_ID', 'XERO_CLIENT_SECRET']) {
      expect(message).toContain(`  ${name} `);
    }
    for (const name of ['DATABASE_URL', 'REDIS_URL', 'WORKSPACE_SECRET', 'METRICS_TOKEN']) {
      expect(message).toContain(`  ${name} `);
    }
    expect(message).not.toContain('hidden');
  });

  test('names the missing parts when only part of the workspace is given', () => {
    const message = faultsOf({ ...good, WORKSPACE_SECRET: undefined, WORKSPACE_ORIGINS: '' });
    expect(message).toContain('WORKSPACE_SECRET is missing');
    expect(message).toContain('WORKSPACE_ORIGINS is missing');
  });

  test('refuses an origin with a path, a wildcard or another scheme', () => {
    for (const origins of ['https://crm.example/app', 'https://*.example', 'ftp://crm.example', 'crm.example']) {
      expect(faultsOf({ ...good, WORKSPACE_ORIGINS: origins })).toContain('WORKSPACE_ORIGINS');
    }
  });

  test('trusts proxies by address, range or private name, but never everybody', () => {
    expect(parseConfig(good).trustedProxies).toEqual([]);
    const { trustedProxies } = parseConfig({
      ...good,
      TRUSTED_PROXIES: 'loopback, 10.0.0.0/8,2001:db8::/32,192.0.2.1',
    });
    expect(trustedProxies).toEqual(['loopback', '10.0.0.0/8', '2001:db8::/32', '192.0.2.1']);
    for (const proxies of ['true', '*', '0.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0.0/8/8', 'proxy.example', '1']) {
      expect(faultsOf({ ...good, TRUSTED_PROXIES: proxies })).toContain('TRUSTED_PROXIES');
    }
  });

  test('allows outgoing hosts by name or address, with a port or every port', () => {
    expect(parseConfig(good).outgoingHosts).toEqual([]);
    const { outgoingHosts } = parseConfig({ ...good, OUTGOING_HOSTS: 'CRM.internal, 127.0.0.1:8080,[::1]:9' });
    expect(outgoingHosts).toEqual([
      { host: 'crm.internal', port: null },
      { host: '127.0.0.1', port: 8080 },
      { host: '[::1]', port: 9 },
    ]);
    for (const hosts of ['http://crm.example', 'crm.example/hooks', 'a@crm.example', 'crm.example:0', 'a b', '*:']) {
      expect(faultsOf({ ...good, OUTGOING_HOSTS: hosts })).toContain('OUTGOING_HOSTS');
    }
  });

  test('does everything without a role, and splits only where processes share Redis', () => {
    expect(parseConfig(good).role).toBe('all');
    expect(parseConfig({ ...good, ROLE: 'all' }).role).toBe('all');
    for (const ROLE of ['web', 'worker']) {
      expect(faultsOf({ ...good, ROLE })).toContain('  ROLE can only be all without REDIS_URL');
      expect(parseConfig({ ...good, ROLE, REDIS_URL: 'redis://localhost' }).role).toBe(ROLE);
    }
    expect(faultsOf({ ...good, ROLE: 'boss' })).toContain('  ROLE must be web, worker or all');
  });
});
