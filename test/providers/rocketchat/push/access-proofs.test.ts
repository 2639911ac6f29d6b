import { expect, test } from 'vitest'
import { createOperatorCaller } from '../../../../src/domain/caller.ts'
import { AccessProofs } from '../../../../src/providers/rocketchat/push/access-proofs.ts'
import { silentLog } from '../../../support/log.ts'

test('rooms that come while the list is read do not make it begin anew', async () => {
  const call = {
    caller: createOperatorCaller('tester'),
    log: silentLog,
    signal: new AbortController().signal,
    priority: 'background',
  } as const
  const listed = Array.from({ length: 300 }, (_, index) => `room-${index}`)
  const known = new Set<string>()
  const offsets: number[] = []
  const proofs = new AccessProofs({
    isKnownAccessible: (roomId) => known.has(roomId),
    getAccessible: async (roomId) => {
      known.add(roomId)
      return { token: null, visitorId: null, isClosed: false }
    },
    listByUpdateTime: async (offset, count) => {
      offsets.push(offset)
      // More come while it waits for the response.
      for (const roomId of listed.slice(offset + 150, offset + 160)) proven.push(proofs.prove(roomId, call))
      await new Promise(setImmediate)
      const page = listed.slice(offset, offset + count)
      for (const roomId of page) known.add(roomId)
      for (const roomId of page) proofs.onProven(roomId)
      return { rooms: [], rowCount: page.length, total: listed.length }
    },
  })
  const proven = ['room-10', 'room-110', 'room-210', 'room-290'].map((roomId) => proofs.prove(roomId, call))
  for (const one of proven) await one
  expect(offsets).toEqual([0, 100, 200])
})
