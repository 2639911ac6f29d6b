import { describe, expect, it, onTestFinished } from 'vitest'
import { type RocketChatSandboxOptions, startRocketChatSandbox } from '../../../sandbox/rocketchat/index.ts'
import { createOperatorCaller } from '../../../src/domain/caller.ts'
import type { ActiveRoom } from '../../../src/domain/rooms.ts'
import { callAs } from '../../conformance/check.ts'
import { createAdapterWithoutStore } from '../../support/adapter-without-store.ts'
import { ROOM_LIST_ROUTE } from '../both-providers.ts'

const operator = callAs(createOperatorCaller('tester'))

/** An adapter with a service account, and a reader of its activity that keeps the sync token. */
async function openAccount(options: RocketChatSandboxOptions = {}) {
  const sandbox = await startRocketChatSandbox({ seed: false, ...options })
  const { workspace } = sandbox
  workspace.createAgent({ username: 'ada', name: 'Ada Agent' })
  const adapter = createAdapterWithoutStore({
    kind: 'ROCKET_CHAT',
    name: 'rocketchat',
    url: sandbox.url,
    serviceAccount: workspace.serviceAccount(),
  })
  onTestFinished(async () => {
    await adapter.close()
    await sandbox.close()
  })
  let syncToken: string | null = null
  return {
    sandbox,
    workspace,
    open(): string {
      const { token } = workspace.createVisitor()
      return workspace.openRoom({ token })._id
    },
    /** The ids of the rooms with activity since the last call, sorted. */
    async changed(): Promise<string[]> {
      const activity = await adapter.readRoomActivity?.(syncToken, operator)
      syncToken = activity?.syncToken ?? null
      return (activity?.rooms ?? []).map(({ roomId }: ActiveRoom) => roomId).sort()
    },
    listRequests: () => sandbox.counts()[`GET ${ROOM_LIST_ROUTE}`] ?? 0,
  }
}

/** A clock that advances only when it is moved. */
function standingClock(start = Date.parse('2026-03-04T05:06:07Z')) {
  let ms = start
  return {
    now: () => ms,
    move(by: number): void {
      ms += by
    },
  }
}

describe('the activity of a Rocket.Chat account', () => {
  it('includes rooms that the account is not a member of, and closed ones, which rooms.get omits', async () => {
    const { workspace, open, changed, sandbox } = await openAccount()
    const rid = open()
    expect(await changed()).toEqual([])
    workspace.visitorSends(rid, 'hello')
    expect(await changed()).toEqual([rid])
    workspace.closeRoom(rid)
    expect(await changed()).toEqual([rid])
    expect(await changed()).toEqual([])
    expect(sandbox.counts()['GET /api/v1/rooms.get']).toBeUndefined()
  })

  it('includes the first room of an empty account', async () => {
    const { open, changed } = await openAccount()
    expect(await changed()).toEqual([])
    const rid = open()
    expect(await changed()).toEqual([rid])
  })

  it('includes two writes of one millisecond with a poll between them, although `_updatedAt` repeats', async () => {
    const clock = standingClock()
    const { workspace, open, changed } = await openAccount({ now: clock.now })
    const rid = open()
    await changed()
    clock.move(1_000)
    workspace.visitorSends(rid, 'one')
    expect(await changed()).toEqual([rid])
    workspace.visitorSends(rid, 'two')
    expect(await changed()).toEqual([rid])
    expect(await changed()).toEqual([])
  })

  it('includes each room of one millisecond once, although they have no order', async () => {
    const clock = standingClock()
    const { workspace, open, changed } = await openAccount({ now: clock.now })
    const rooms = Array.from({ length: 60 }, open).sort()
    await changed()
    clock.move(1_000)
    for (const rid of rooms) workspace.visitorSends(rid, 'hello')
    expect(await changed()).toEqual(rooms)
    expect(await changed()).toEqual([])
  })

  it('includes a write that becomes visible after a later one', async () => {
    const clock = standingClock()
    const { workspace, open, changed } = await openAccount({ now: clock.now })
    const [late, early] = [open(), open()]
    await changed()
    clock.move(10_000)
    workspace.visitorSends(early, 'written later, seen first')
    expect(await changed()).toEqual([early])
    clock.move(-4_000)
    workspace.visitorSends(late, 'written first, seen later')
    expect(await changed()).toEqual([late])
  })

  it('misses nothing when the server’s clock is set back', async () => {
    const clock = standingClock()
    const { workspace, open, changed } = await openAccount({ now: clock.now })
    const [one, two] = [open(), open()]
    clock.move(1_000)
    workspace.visitorSends(one, 'before')
    await changed()
    clock.move(-300)
    for (const text of ['after', 'and after that']) {
      clock.move(-60_000)
      workspace.visitorSends(two, text)
      expect(await changed()).toEqual([two])
    }
  })

  it('includes every room once while offsets shift during a burst', async () => {
    const { workspace, open, changed, sandbox } = await openAccount()
    const rooms = Array.from({ length: 150 }, open).sort()
    await changed()
    for (const rid of rooms) workspace.visitorSends(rid, 'hello')
    const last = rooms[0] ?? ''
    sandbox.injectFault({ kind: 'slow', ms: 30, route: ROOM_LIST_ROUTE })
    const reading = changed()
    workspace.visitorSends(last, 'while it is read')
    const received = await reading
    expect(new Set(received).size).toBe(received.length)
    const rest = await changed()
    expect([...new Set([...received, ...rest])].sort()).toEqual(rooms)
  })

  it('does not include an edit of an older message, which only the room’s own poll detects', async () => {
    const { workspace, open, changed } = await openAccount()
    const rid = open()
    const { _id } = workspace.visitorSends(rid, 'one')
    workspace.visitorSends(rid, 'two')
    await changed()
    workspace.edit(_id, 'one, edited')
    expect(await changed()).toEqual([])
  })

  it.each([
    ['gone', {}],
    ['marked', { Message_ShowDeletedStatus: true }],
    ['hidden', { Message_KeepHistory: true }],
  ] as const)('a deletion writes the room in every mode (%s)', async (_mode, settings) => {
    const { workspace, open, changed } = await openAccount({ settings })
    const rid = open()
    const { _id } = workspace.visitorSends(rid, 'one')
    workspace.visitorSends(rid, 'two')
    await changed()
    workspace.remove(_id)
    expect(await changed()).toEqual([rid])
  })

  it('costs one request, however many rooms there are', async () => {
    const clock = standingClock()
    const { workspace, open, changed, listRequests, sandbox } = await openAccount({ now: clock.now })
    const rooms = Array.from({ length: 300 }, open)
    clock.move(10_000)
    workspace.visitorSends(rooms[0] ?? '', 'hello')
    await changed()
    clock.move(10_000)
    sandbox.clearCalls()
    for (const rid of rooms.slice(0, 5)) workspace.visitorSends(rid, 'hello')
    expect(await changed()).toHaveLength(5)
    expect(await changed()).toEqual([])
    expect(listRequests()).toBe(2)
  })
})
