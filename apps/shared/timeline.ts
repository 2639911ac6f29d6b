/** As much of a message as its place in a timeline needs. */
export interface Placed {
  readonly id: string
  readonly createdAt: string
}

/**
 * Messages with one more, or with a newer version of one that is there. Oldest first; messages of the same moment
 * stay in the order they came. Taking the same message twice changes nothing: a page and the events behind it,
 * or an event and the answer to one's own mutation, may both bring it.
 */
export function withMessage<T extends Placed>(messages: readonly T[], message: T): readonly T[] {
  const at = messages.findIndex(({ id }) => id === message.id)
  if (at >= 0) return messages.with(at, message)
  const next = messages.findIndex(({ createdAt }) => createdAt > message.createdAt)
  return next < 0 ? [...messages, message] : messages.toSpliced(next, 0, message)
}

/** Messages without one. */
export function withoutMessage<T extends Placed>(messages: readonly T[], id: string): readonly T[] {
  return messages.filter((message) => message.id !== id)
}
