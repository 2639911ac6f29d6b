const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/**
 * Makes ids in LiveChat's form: ten upper-case alphanumerics, opaque (docs/providers/livechat.md 1.1 and 9).
 */
export function createShortIds(random: () => number): (firstLetter: string) => string {
  return (firstLetter) => {
    let id = firstLetter
    while (id.length < 10) id += ALPHABET[Math.floor(random() * ALPHABET.length)]
    return id
  }
}

/** Makes version 4 UUIDs, the form of customer, account and ticket ids. */
export function createUuids(random: () => number): () => string {
  const digits = (count: number): string =>
    Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join('')
  return () => `${digits(8)}-${digits(4)}-4${digits(3)}-a${digits(3)}-${digits(12)}`
}
