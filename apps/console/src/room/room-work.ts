import { createContext, useContext, useMemo, useState, useSyncExternalStore } from 'react'
import { useClient } from '../client-context.ts'
import { type Upload, UploadQueue } from './upload-queue.ts'

/** What the operator has begun in a room and not finished. It lasts as long as the page, also while other rooms are open. */
export interface RoomWork {
  readonly uploads: UploadQueue
  /** The edit in progress; null while no message is edited. */
  edit: Edit | null
}

interface Edit {
  readonly messageId: string
  /** The text as far as it is written. */
  readonly text: string
}

type WorkOf = (roomId: string) => RoomWork

/** Returns the unfinished work of a room. */
export const RoomWorkContext = createContext<WorkOf>(() => {
  throw new Error('the work of a room is used outside of the shell')
})

/** Creates the work of all rooms of one operator. */
export function useRoomWorkStore(): WorkOf {
  const client = useClient()
  return useMemo(() => {
    const workByRoom = new Map<string, RoomWork>()
    return (roomId) => {
      const work = workByRoom.get(roomId) ?? { uploads: new UploadQueue(roomId, client), edit: null }
      workByRoom.set(roomId, work)
      return work
    }
  }, [client])
}

/** The files that the operator is about to send to a room. */
export function useUploadQueue(roomId: string): UploadQueue {
  return useContext(RoomWorkContext)(roomId).uploads
}

const NO_UPLOADS: readonly Upload[] = []

/** The files of a queue; none where files cannot be sent. */
export function useUploads(queue: UploadQueue | null): readonly Upload[] {
  return useSyncExternalStore(queue?.subscribe ?? subscribeToNothing, queue?.current ?? (() => NO_UPLOADS))
}

function subscribeToNothing(): () => void {
  return () => {}
}

/** The edit of a message in a room. Writing renders nothing but the editor. */
export interface MessageEdit {
  /** The message that is edited; null while none is. */
  readonly messageId: string | null
  readonly begin: (messageId: string, text: string) => void
  readonly write: (text: string) => void
  /** The text as far as it is written. */
  readonly text: () => string
  readonly end: () => void
}

/** The edit in progress in a room, where it was left. */
export function useMessageEdit(roomId: string): MessageEdit {
  const work = useContext(RoomWorkContext)(roomId)
  const [messageId, setMessageId] = useState(work.edit?.messageId ?? null)
  return useMemo(
    () => ({
      messageId,
      begin: (begunId, text) => {
        work.edit = { messageId: begunId, text }
        setMessageId(begunId)
      },
      write: (text) => {
        if (work.edit) work.edit = { ...work.edit, text }
      },
      text: () => work.edit?.text ?? '',
      end: () => {
        work.edit = null
        setMessageId(null)
      },
    }),
    [work, messageId],
  )
}
