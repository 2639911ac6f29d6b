import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { parseJson } from '../../domain/json.ts'
import type { RenewableVisitor, RenewalTokens } from '../../domain/renewal-tokens.ts'

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
/** Also authenticated, so that no other ciphertext of the same secret is a renewal token. */
const PURPOSE = 'switchboard visitor renewal 1'

/** How long a token can be used. Each renewal issues another. */
const LIFETIME_MS = 365 * 24 * 60 * 60_000
/** A token is issued by the clock of one replica and verified by that of another. */
const MAX_CLOCK_SKEW_MS = 10 * 60_000

/** The provider's configured name, the visitor's id, and when the token was issued. */
const contentSchema = z.tuple([z.string(), z.string(), z.number()])

/**
 * Creates the renewal tokens of a gateway: the id of a visitor, encrypted and authenticated (AES-256-GCM) with a key that is
 * derived from `secret`. The text reveals nothing, and nobody without the secret can make or change one. Nothing is stored,
 * so tokens cannot be revoked one by one.
 */
export function createRenewalTokens(secret: string | Buffer, now: () => number = Date.now): RenewalTokens {
  const key = Buffer.from(hkdfSync('sha256', secret, '', PURPOSE, KEY_BYTES))
  return {
    issue({ provider, visitorId }) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(PURPOSE))
      const content = JSON.stringify([provider, visitorId, now()])
      const encrypted = Buffer.concat([cipher.update(content, 'utf8'), cipher.final()])
      return Buffer.concat([iv, encrypted, cipher.getAuthTag()]).toString('base64url')
    },
    verify(token) {
      const content = decrypt(token, key)
      const parsed = contentSchema.safeParse(content === null ? null : parseJson(content))
      if (!parsed.success) return null
      const [provider, visitorId, issuedAt] = parsed.data
      const ageMs = now() - issuedAt
      return ageMs < LIFETIME_MS && ageMs > -MAX_CLOCK_SKEW_MS
        ? ({ provider, visitorId } satisfies RenewableVisitor)
        : null
    },
  }
}

/** Returns the content of a token; null for a text that was not encrypted with this key, or was changed since. */
function decrypt(token: string, key: Buffer): string | null {
  const bytes = Buffer.from(token, 'base64url')
  // Only one spelling of a token is valid: decoding ignores characters outside its alphabet.
  if (bytes.length <= IV_BYTES + TAG_BYTES || bytes.toString('base64url') !== token) return null
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(PURPOSE)).setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const encrypted = bytes.subarray(IV_BYTES, -TAG_BYTES)
    return Buffer.concat([decipher.update(encrypted), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
