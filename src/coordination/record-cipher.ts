import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12
const PURPOSE = 'switchboard idempotency record'

const bytes = z.string().transform((text) => Buffer.from(text, 'base64url'))
/** Initialization vector, ciphertext and authentication tag, each as base64url. */
const sealedShape = z.tuple([bytes, bytes, bytes])

/**
 * An idempotency key as the store knows it. The store holds a hash of the key, and records that only the key itself
 * opens: a record may hold a visitor's token.
 */
export class RecordCipher {
  /** The key's id in the store: a hash of the key and of what it belongs to. */
  readonly id: string
  readonly #secret: Buffer

  constructor(idempotencyKey: string, scope: readonly (string | null)[]) {
    this.id = digest([...scope, idempotencyKey])
    this.#secret = Buffer.from(hkdfSync('sha256', idempotencyKey, this.id, PURPOSE, KEY_BYTES))
  }

  encrypt(record: string): string {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv(ALGORITHM, this.#secret, iv)
    const text = Buffer.concat([cipher.update(record, 'utf8'), cipher.final()])
    return [iv, text, cipher.getAuthTag()].map((part) => part.toString('base64url')).join('.')
  }

  /** Throws where the record was sealed with another key, or changed. */
  decrypt(sealed: string): string {
    const [iv, text, tag] = sealedShape.parse(sealed.split('.'))
    const decipher = createDecipheriv(ALGORITHM, this.#secret, iv)
    decipher.setAuthTag(tag)
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
  }
}

/** A hash by which inputs are compared; base64url. */
export function digest(parts: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}
