/** What a person allowed an app in one consent. */
export type Grant = {
  /** `authentication_event_id` in the access token, `authEventId` in the connections. */
  authEventId: string;
  userId: string;
  scopes: string[];
};

export type Code = {
  grant: Grant;
  redirectUri: string;
  challenge?: string;
  nonce?: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
};

export type RefreshToken = { grant: Grant; expiresAt: number };

export type Connection = {
  id: string;
  tenantId: string;
  authEventId: string;
  userId: string;
  createdAt: number;
  updatedAt: number;
};

export type Identity = {
  codes: Map<string, Code>;
  /** By `jti`. */
  accessTokens: Map<string, { grant: Grant; expiresAt: number }>;
  refreshTokens: Map<string, RefreshToken>;
  connections: Connection[];
};

export function createIdentity(): Identity {
  return {
    codes: new Map(),
    accessTokens: new Map(),
    refreshTokens: new Map(),
    connections: [],
  };
}

/** The only person, who is always signed in at the sandbox. */
export const person = {
  userId: '5c1f0f7e-3f6b-5a55-9d5c-0d5d6ad20a01',
  subject: 'a9b1c5d9f0e1525c8d2f6a7b3c4d5e6f',
  email: 'robin.keeper@ledgers.example',
  firstName: 'Robin',
  lastName: 'Keeper',
};
