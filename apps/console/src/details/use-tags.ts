import { useCallback, useRef, useState } from 'react'
import { useClient } from '../client-context.ts'
import type { Conversation } from '../room/conversation.ts'
import { type Failure, failureOf, isOutcomeUnknown } from '../ui/failure.ts'
import { SetTagsMutation } from './documents.ts'

type Tags = readonly string[]

export interface TagState {
  /** The tags as the operator wants them, before the provider has confirmed it. */
  readonly tags: Tags
  readonly isSaving: boolean
  /** Why the last change was undone; null if it was not. */
  readonly failure: Failure | null
  readonly change: (change: (tags: Tags) => Tags) => void
  /** Makes the change that failed again. */
  readonly retry: () => void
  readonly dismiss: () => void
}

/**
 * The tags of a room. A change is shown at once, and undone if it fails. The mutation replaces all tags, so one is sent after the
 * other, each with the tags that are wanted by then. `onSaved` reads the room again.
 */
export function useTags(room: Conversation['room'], onSaved: () => Promise<unknown>): TagState {
  const client = useClient()
  const [wanted, setWanted] = useState<Tags | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [refused, setRefused] = useState<Tags>([])
  const next = useRef<Tags | null>(null)
  const isSending = useRef(false)
  const roomId = room.id

  const send = useCallback(
    async (tags: Tags) => {
      next.current = tags
      setWanted(tags)
      setFailure(null)
      if (isSending.current) return
      isSending.current = true
      let failed: Failure | null = null
      while (next.current !== null && failed === null) {
        const sent: Tags = next.current
        next.current = null
        failed = failureOf(await client.mutate(SetTagsMutation, { input: { roomId, tags: [...sent] } }))
        if (failed) setRefused(next.current ?? sent)
      }
      next.current = null
      if (failed === null || isOutcomeUnknown(failed)) await onSaved()
      isSending.current = false
      setWanted(null)
      setFailure(failed)
    },
    [client, roomId, onSaved],
  )

  const tags = wanted ?? room.tags
  return {
    tags,
    isSaving: wanted !== null,
    failure,
    change: (change) => {
      const changed = change(tags)
      if (changed !== tags) void send(changed)
    },
    retry: () => void send(refused),
    dismiss: () => setFailure(null),
  }
}
