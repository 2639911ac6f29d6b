import { useRef } from 'react'
import { useClient } from 'urql'
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
      const { data, error } = await client.mutation(CloseMutation, { input })
      const failure = failureOf(data?.closeRoom, error)
      if (failure) return failure
      isClosed.current = true
    }
    if (transcriptTo !== null) {
      const { data, error } = await client.mutation(TranscriptMutation, {
        input: { roomId, email: transcriptTo },
      })
      const failure = failureOf(data?.requestTranscript, error)
      if (failure) return failure
    }
    onDone()
    return null
  }
}
