import type { ChatError } from '../domain/errors.ts'

/** An expected error as the result of a mutation: the executor would throw an Error that a resolver returns. */
export interface MutationFailure {
  readonly error: ChatError
}
