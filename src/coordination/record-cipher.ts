import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12
const PURPOSE = 'switchboard idempotency record'

const bytes = z.string().transform((text) => Buffer.from(text, 'base64url'))
/** Initialization vector, ciphertext and authentication tag, each as base64url. */
const encryptedSchema = z.tuple([bytes, bytes, bytes])

/**
 * Encrypts the records of an idempotency key with a secret derived from the key. The store has only a hash of the key, so
 * it cannot decrypt them: a record may contain a visitor's token.
 */
export class RecordCipher {
  /** Id of the key in the store: a hash of the key and its scope. */
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

  /** Throws if the record was encrypted with another key or modified. */
  decrypt(encrypted: string): string {
    const [iv, text, tag] = encryptedSchema.parse(encrypted.split('.'))
    const decipher = createDecipheriv(ALGORITHM, this.#secret, iv)
    decipher.setAuthTag(tag)
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
  }
}

/** SHA-256 digest by which inputs are compared, as base64url. */
export function digest(parts: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}
