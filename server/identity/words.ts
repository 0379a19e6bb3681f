/** Why a record token is not one of ours. Shown to admins, who can check the workspace's key. */
export const signatureWords = {
  noWorkspace: 'No such workspace',
  noKey: 'The signature matches no key of this workspace for the token’s kid and alg',
  notCompact: 'It is not a signed JWT in compact form',
  noHeader: 'Its header cannot be read',
  notReadable: 'It is not a readable JWT',
};

/** What the routes of sync take instead of the token that came. Developers of the CRM read it. */
export const backendTokenWords = {
  none: 'The header “Authorization: Bearer …” is missing',
  expected: (audience: string) =>
    `This needs a backend token: a JWT that the CRM's backend signs with the workspace's key (WORKSPACE_SECRET, or the key that “npm run workspace” stored), with the workspace's id as iss and ${audience} as aud, at most five minutes old. A record token is not accepted here.`,
};

/** What is wrong with a claim, after its path, as in `contacts.3.name is missing`. Never contains its value. */
export const claimWords = {
  missing: 'is missing',
  empty: 'is empty',
  tooLong: (most: string) => `is too long (at most ${most})`,
  oneOf: (values: readonly unknown[]) => `must be one of: ${values.join(', ')}`,
  mustBe: (what: string) => `must be ${what}`,
  numeric: 'must be a number, or a decimal number as text',
  ownOrigin: 'must be on one of the workspace’s origins',
  lifetime: (mostSeconds: number) => `must be 1 to ${mostSeconds} seconds after iat`,
};

/** What a claim must be. */
export const claimKinds = {
  workspaceId: 'the id of this workspace',
  seconds: 'a number of seconds since 1970',
  webAddress: 'an http or https address',
  currency: 'a currency code of three capital letters',
};

/** The types of JSON in plain words. */
export const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
  object: 'an object',
  array: 'a list',
};
