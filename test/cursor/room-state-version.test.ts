import { expect, it } from 'vitest'
import { hashRoomState } from '../../src/cursor/room-state-version.ts'
import { NO_ROOM_DETAILS, type Room } from '../../src/domain/model.ts'

const room: Room = {
  ...NO_ROOM_DETAILS,
  type: 'Room',
  provider: 'livechat',
  nativeId: 'R1',
  status: 'OPEN',
  visitor: null,
  agents: [],
  departmentId: '2',
  tags: ['vip', 'refund'],
  createdAt: null,
  closedAt: null,
  lastActivityAt: null,
  lastMessage: null,
}
const rating = { score: 5, comment: null, ratedAt: null }

it('hashes a room without a rating as before there were ratings, so that cursors stay valid', () => {
  expect(hashRoomState(room)).toBe('Oft_rBT')
})

it('changes with the score and the comment of a rating, and not with its time', () => {
  const hashes = [
    room,
    { ...room, rating },
    { ...room, rating: { ...rating, score: 1 } },
    { ...room, rating: { ...rating, comment: 'Thanks' } },
  ].map(hashRoomState)
  expect(new Set(hashes).size).toBe(4)
  const later = { ...room, rating: { ...rating, ratedAt: new Date() } }
  expect(hashRoomState(later)).toBe(hashRoomState({ ...room, rating }))
})

it('does not depend on the order of tags', () => {
  expect(hashRoomState({ ...room, tags: ['refund', 'vip'] })).toBe(hashRoomState(room))
})
