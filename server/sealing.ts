import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Encrypts secrets at rest. `context` names what is sealed and for whom; a text opens only under the same context. */
export type Sealer = {
  seal(text: string, context: string): string;
  /**
   * Throws a plain Error without secrets: UnknownKeyError when the key is unknown, another error when the text was
   * changed.
   */
  open(sealed: string, context: string): string;
  /** Which key sealed a text: the current one, one that only decrypts, or none of those given. */
  keyOf(sealed: string): 'current' | 'previous' | 'unknown';
};

/** The text was sealed with a key that was not given. It is intact and opens once the key is given. */
export class UnknownKeyError extends Error {}

/** AES-256-GCM with a 12-byte nonce and a 16-byte tag (source: NIST SP 800-38D). */
const cipherName = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
const keyBytes = 32;

type NamedKey = { id: string; key: Uint8Array };

/** Seals with `key` and opens what `key` or any of `previousKeys` sealed, so that keys can be rotated. */
export function buildSealer(key: Uint8Array, previousKeys: readonly Uint8Array[] = []): Sealer {
  const current = toNamedKey(key);
  const known = new Map([current, ...previousKeys.map(toNamedKey)].map((named) => [named.id, named.key]));
  return {
    seal: (text, context) => sealWith(current, text, context),
    open: (sealed, context) => openWith(known, sealed, context),
    keyOf: (sealed) => {
      const { version, id } = split(sealed);
      if (version !== 'v1' || !known.has(id)) return 'unknown';
      return id === current.id ? 'current' : 'previous';
    },
  };
}

function sealWith({ id, key }: NamedKey, text: string, context: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(cipherName, key, nonce, { authTagLength: tagBytes }).setAAD(toAad(id, context));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return ['v1', id, nonce.toString('base64url'), body.toString('base64url')].join('.');
}

function openWith(known: ReadonlyMap<string, Uint8Array>, sealed: string, context: string): string {
  const { version, id, nonce, text } = split(sealed);
  const key = known.get(id);
  if (version !== 'v1' || !key) throw new UnknownKeyError('The text was sealed with an unknown key');
  const body = Buffer.from(text, 'base64url');
  try {
    const decipher = createDecipheriv(cipherName, key, Buffer.from(nonce, 'base64url'), { authTagLength: tagBytes })
      .setAAD(toAad(id, context))
      .setAuthTag(body.subarray(-tagBytes));
    return decipher.update(body.subarray(0, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    throw new Error('The sealed text was changed or belongs to another context');
  }
}

function split(sealed: string) {
  const [version = '', id = '', nonce = '', text = ''] = sealed.split('.');
  return { version, id, nonce, text };
}

/** The key id is a digest: it names the key and reveals nothing of it. */
function toNamedKey(key: Uint8Array): NamedKey {
  if (key.length !== keyBytes) throw new Error(`An encryption key has ${keyBytes} bytes, not ${key.length}`);
  return { id: createHash('sha256').update('ledgerside key id').update(key).digest('hex').slice(0, 12), key };
}

function toAad(keyId: string, context: string): Buffer {
  return Buffer.from(`v1.${keyId}.${context}`, 'utf8');
}
