import { expect, it } from 'vitest'
import { type EventStreamClient, openEventStream } from '../support/event-stream.ts'
import { fetchData, sendOperation } from '../support/graphql-client.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { EventsAfter, Say, Work } from './documents.ts'
import { deployedCommand } from './gateway-command.ts'
import { startProcess } from './gateway-process.ts'

const START_MS = 60_000

interface QueuedRoom {
  readonly id: string
  say(text: string): Promise<void>
  watch(after: string | null): Promise<EventStreamClient>
}

/** Starts the sandbox, and stops it when the work with its queued room is done. */
async function withQueuedRoom<Result>(
  dataDir: string,
  work: (room: QueuedRoom) => Promise<Result>,
): Promise<Result> {
  const gateway = startProcess({ PORT: '0', DATA_DIR: dataDir }, undefined, deployedCommand)
  try {
    const url = await gateway.url
    const [, key] = /^Operator key: +(\S+)$/m.exec(gateway.stdout()) ?? []
    const asOperator = { authorization: `Bearer ${key}` }
    const { rooms } = await fetchData(url, Work, {}, asOperator)
    const id = rooms.nodes[0]?.id ?? ''
    const result = await work({
      id,
      async say(text) {
        await sendOperation(url, Say, { input: { roomId: id, text } }, asOperator)
      },
      watch: (after) =>
        openEventStream(url, { query: EventsAfter.toString(), variables: { id, after } }, asOperator),
    })
    gateway.signal('SIGTERM')
    await gateway.ended
    return result
  } finally {
    gateway.dispose()
  }
}

it(
  'a client that returns after a restart receives a gap, because the rooms have other messages under the same ids',
  async () => {
    const dataDir = createTestDirectory()
    const before = await withQueuedRoom(dataDir, async (room) => {
      const events = await room.watch(null)
      await room.say('before the restart')
      const { id: cursor } = await events.next()
      events.leave()
      return { roomId: room.id, cursor }
    })
    await withQueuedRoom(dataDir, async (room) => {
      expect(room.id).toBe(before.roomId)
      const events = await room.watch(before.cursor)
      expect(await events.next()).toMatchObject({
        data: { data: { roomEvents: { __typename: 'GapEvent', reason: 'CURSOR_EXPIRED' } } },
      })
      events.leave()
    })
  },
  START_MS,
)
