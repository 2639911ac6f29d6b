import { createHash, randomBytes } from 'node:crypto'

/** Meteor's alphabet for ids: no letters or digits that look alike. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz'
const LENGTH = 17

/** A new id in Rocket.Chat's form: 17 characters, opaque. */
export function randomId(): string {
  return spell(randomBytes(LENGTH))
}

/** The id of a seeded thing: the same for the same label on every run. */
export function seededId(label: string): string {
  return spell(createHash('sha256').update(label).digest().subarray(0, LENGTH))
}

function spell(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('')
}
