/** The fields of a message that its position in a timeline needs. */
export interface Placed {
  readonly id: string
  readonly createdAt: string
}

/**
 * Adds a message, or replaces it with a newer version. Oldest first; messages with the same time keep the order in which
 * they arrived. Adding a message twice changes nothing: a page and the events after it, or an event and the result of
 * a mutation, can both contain it.
 */
export function withMessage<T extends Placed>(messages: readonly T[], message: T): readonly T[] {
  const at = messages.findIndex(({ id }) => id === message.id)
  if (at >= 0) return messages.with(at, message)
  const next = messages.findIndex(({ createdAt }) => createdAt > message.createdAt)
  return next < 0 ? [...messages, message] : messages.toSpliced(next, 0, message)
}

/** Removes a message. */
export function withoutMessage<T extends Placed>(messages: readonly T[], id: string): readonly T[] {
  return messages.filter((message) => message.id !== id)
}
