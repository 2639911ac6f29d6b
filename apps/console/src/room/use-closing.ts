import { useRef } from 'react'
import { useClient } from '../client-context.ts'
import { CloseMutation, TranscriptMutation } from '../documents.ts'
import { type Failure, failureOf } from '../ui/failure.ts'

export interface Closing {
  /** Empty for none. */
  readonly comment: string
  readonly tags: readonly string[]
  /** The address that the transcript is mailed to; null for no transcript. */
  readonly transcriptTo: string | null
}

/**
 * Returns the function that closes a room and then has the transcript mailed. It resolves with the failure, or null after
 * `onDone`. Where only the transcript failed, the next call requests only that.
 */
export function useClosing(
  roomId: string,
  onDone: () => void,
): (closing: Closing) => Promise<Failure | null> {
  const client = useClient()
  const isClosed = useRef(false)
  return async ({ comment, tags, transcriptTo }) => {
    if (!isClosed.current) {
      const input = { roomId, comment: comment.trim() || null, ...(tags.length > 0 && { tags: [...tags] }) }
      const failure = failureOf(await client.mutate(CloseMutation, { input }))
      if (failure) return failure
      isClosed.current = true
    }
    if (transcriptTo !== null) {
      const input = { roomId, email: transcriptTo }
      const failure = failureOf(await client.mutate(TranscriptMutation, { input }))
      if (failure) return failure
    }
    onDone()
    return null
  }
}
