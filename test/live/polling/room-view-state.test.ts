import { expect, it } from 'vitest'
import type { RoomStatus } from '../../../src/domain/model.ts'
import { RoomViewState } from '../../../src/live/polling/room-view-state.ts'
import { completeRoom } from '../replication/complete-room.ts'

const room = (status: RoomStatus) => ({ ...completeRoom, status })
const open = () => new RoomViewState('OPERATOR', { activeMs: 1_000, idleMs: 10_000 })
const statusOf = ({ known, isCurrent }: RoomViewState) => ({ status: known.room?.status, isCurrent })

function readItself(state: RoomViewState, status: RoomStatus): void {
  state.onReadSucceeded(state.onReadStarted(), room(status))
}

it('follows the states that another process shares, in their order', () => {
  const state = open()
  state.onShared(room('QUEUED'), null)
  state.onShared(room('OPEN'), null)
  expect(statusOf(state)).toEqual({ status: 'OPEN', isCurrent: true })
})

it('keeps a state that this process has read, and asks, where another one shares an unasked one that may be older', () => {
  const state = open()
  readItself(state, 'OPEN')
  state.onShared(room('QUEUED'), null)
  expect(statusOf(state)).toEqual({ status: 'OPEN', isCurrent: false })
  state.onShared(room('CLOSED'), performance.now())
  expect(statusOf(state)).toEqual({ status: 'CLOSED', isCurrent: true })
  state.onShared(room('OPEN'), null)
  expect(statusOf(state)).toEqual({ status: 'OPEN', isCurrent: true })
})

it('does not take an older state for newer after the shared one has equalled its own', () => {
  const state = open()
  readItself(state, 'OPEN')
  state.onShared(room('OPEN'), null)
  expect(statusOf(state)).toEqual({ status: 'OPEN', isCurrent: true })
  state.onShared(room('QUEUED'), null)
  expect(statusOf(state)).toEqual({ status: 'OPEN', isCurrent: false })
})
