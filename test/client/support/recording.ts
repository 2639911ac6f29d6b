import { onTestFinished } from 'vitest'
import type { Client, FollowOptions, RoomItem } from '../../../packages/client/src/index.ts'

/** A room that is followed in the background of a test. */
export interface Recording {
  readonly items: readonly RoomItem[]
  /** Resolves when following has ended; rejects with what has ended it. */
  readonly ended: Promise<void>
  /** Each connection that was opened (true) and lost (false). */
  readonly connections: readonly boolean[]
  stop(): void
}

/** Follows a room until the end of the test. */
export function recordRoom(client: Client, roomId: string, options: FollowOptions = {}): Recording {
  const controller = new AbortController()
  const items: RoomItem[] = []
  const connections: boolean[] = []
  const onConnection = (isOpen: boolean) => void connections.push(isOpen)
  const follow = async () => {
    const room = client.follow(roomId, { ...options, onConnection, signal: controller.signal })
    for await (const item of room) items.push(item)
  }
  const ended = follow()
  // A test that ends by itself does not wait for it.
  ended.catch(() => {})
  onTestFinished(() => controller.abort())
  return { items, ended, connections, stop: () => controller.abort() }
}

/** The texts of visitors and agents in the pages and the new messages, in the order in which they arrived. */
export function textsOf({ items }: Recording): readonly string[] {
  return items
    .flatMap((item) => {
      if (item.__typename === 'RoomPage') return item.messages
      return item.__typename === 'MessageAddedEvent' ? [item.message] : []
    })
    .filter(({ kind }) => kind !== 'SYSTEM')
    .map(({ text }) => text)
}

/** The pages of the room that a recording has received. */
export function pagesOf({ items }: Recording) {
  return items.filter((item) => item.__typename === 'RoomPage')
}
