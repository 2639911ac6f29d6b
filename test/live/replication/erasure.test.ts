import { pino } from 'pino'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { WorkerLease } from '../../../src/coordination/worker-lease.ts'
import { decodeCursor } from '../../../src/cursor/cursor.ts'
import { createOperatorCaller } from '../../../src/domain/caller.ts'
import type { RoomEvent } from '../../../src/domain/events.ts'
import type { SubscriptionStart } from '../../../src/live/changes/first-events.ts'
import { EventErasure } from '../../../src/live/event-erasure.ts'
import { Hub } from '../../../src/live/hub.ts'
import type { StoreSettings } from '../../../src/store/open-store.ts'
import { databases, openWholeStore, queryDatabase } from '../../store/databases.ts'
import { silentLog } from '../../support/log.ts'
import { FakeRoom } from '../fake-room.ts'
import { message } from '../message-builders.ts'

const EMAIL = 'ada@mail.test'
const POLL_MS = 20
const EVENTS = 60

describe.each(databases)('erasing an address from the event log on $name', ({ name, empty }) => {
  let settings: StoreSettings
  let room: FakeRoom
  beforeEach(async () => {
    settings = await empty()
    room = new FakeRoom()
  })
  const open = () => openProcess(settings)
  const write = (id: string, text: string = id) => room.putMessages(message(id, Date.now(), { text }))

  it('deletes what was logged of a watched room, whose subscribers receive every event once', async () => {
    const holder = await open()
    const processes = name === 'PostgreSQL' ? [holder, await open()] : [holder]
    const streams = []
    for (const process of processes) streams.push(await subscribe(process, room))
    write('first', `I am ${EMAIL}`)
    for (const stream of streams) expect(await stream.ids(1)).toEqual(['first'])
    await expect.poll(() => logged(settings)).toContain(EMAIL)
    room.messages.delete('first')
    for (const stream of streams) expect(await stream.ids(1)).toEqual(['first'])
    const erased = [...processes].at(-1)?.erasure.erase('Ada@mail.test', ['fake'])
    const written = Array.from({ length: EVENTS }, (_, index) => `message ${index}`)
    for (const id of written) {
      write(id)
      await new Promise((resolve) => setTimeout(resolve, 2 * POLL_MS))
    }
    await erased
    for (const stream of streams) expect(await stream.ids(EVENTS)).toEqual(written)
    expect(await logged(settings)).not.toContain(EMAIL)
    const [last] = streams[0]?.received.slice(-2) ?? []
    const resumed = await subscribe(await open(), room, startAfter(last))
    expect(await resumed.ids(1)).toEqual(written.slice(-1))
  })

  it('keeps what the provider still shows of a watched room, and deletes it once nobody watches', async () => {
    const holder = await open()
    const stream = await subscribe(holder, room)
    write('first', `I am ${EMAIL}`)
    await stream.ids(1)
    await expect.poll(() => logged(settings)).toContain(EMAIL)
    await holder.erasure.erase(EMAIL, null)
    const rows = await queryDatabase(settings, 'select name from live_log_entry')
    expect(rows).toEqual([])
    expect(await logged(settings)).toContain(EMAIL)
    const [first] = stream.received
    stream.stop.abort()
    await expect.poll(() => isHeld(settings)).toBe(false)
    await holder.erasure.erase(EMAIL, null)
    expect(await logged(settings)).not.toContain(EMAIL)
    write('second')
    const resumed = await subscribe(holder, room, startAfter(first))
    expect(await resumed.ids(1)).toEqual(['second'])
  })

  it('leaves the logs of other providers', async () => {
    const holder = await open()
    const stream = await subscribe(holder, room)
    write('first', `I am ${EMAIL}`)
    await stream.ids(1)
    await expect.poll(() => logged(settings)).toContain(EMAIL)
    await holder.erasure.erase(EMAIL, ['another'])
    expect(await queryDatabase(settings, 'select name from live_log_entry')).toHaveLength(1)
  })

  it('works in a process that shares no events', async () => {
    const [holder, other] = [await open(), await openProcess(settings, false)]
    const stream = await subscribe(holder, room)
    write('first', `I am ${EMAIL}`)
    await stream.ids(1)
    await expect.poll(() => logged(settings)).toContain(EMAIL)
    stream.stop.abort()
    await expect.poll(() => isHeld(settings)).toBe(false)
    await other.erasure.erase(EMAIL, ['fake'])
    expect(await logged(settings)).not.toContain(EMAIL)
  })
})

/** A process on the database, with its worker lease. */
async function openProcess(settings: StoreSettings, isSharing = true) {
  const store = await openWholeStore(settings)
  const worker = new WorkerLease({ store: store.leases, log: silentLog })
  await worker.start()
  const hub = new Hub({
    pollInterval: { activeMs: POLL_MS, idleMs: POLL_MS },
    log: pino({ level: 'silent' }),
    sharing: isSharing
      ? { store: store.liveLog, notices: store.notices, worker, callerSecret: Buffer.from('secret') }
      : null,
  })
  onTestFinished(async () => {
    await hub.close()
    await worker.stop()
  })
  return { hub, erasure: new EventErasure({ store: store.logErasure, hub }) }
}

/** A subscription to the room; `ids` waits for its next events, which name messages. */
async function subscribe(
  { hub }: Awaited<ReturnType<typeof openProcess>>,
  { adapter }: FakeRoom,
  start: SubscriptionStart = { since: new Date() },
) {
  const stop = new AbortController()
  const events = await hub.subscribe({
    adapter,
    roomId: 'room',
    caller: createOperatorCaller('tester'),
    start,
    isWanted: () => true,
    wantsRoomState: false,
    signal: stop.signal,
    clientAddress: null,
  })
  const received: RoomEvent[] = []
  const ids = async (count: number): Promise<readonly string[]> => {
    const from = received.length
    while (received.length < from + count) received.push((await events.next()).value as RoomEvent)
    return received.slice(from).map(messageIdOf)
  }
  return { ids, received, stop }
}

function messageIdOf({ change }: RoomEvent): string {
  return 'message' in change
    ? change.message.ref.messageId
    : 'ref' in change
      ? change.ref.messageId
      : change.type
}

function startAfter(event: RoomEvent | undefined): SubscriptionStart {
  const cursor = event && decodeCursor(event.cursor)
  return cursor ? { after: cursor } : expect.fail('the event has no cursor')
}

/** All that the database holds of events. */
async function logged(settings: StoreSettings): Promise<string> {
  const rows = await queryDatabase(
    settings,
    'select content from live_log union all select content from live_log_entry',
  )
  return JSON.stringify(rows)
}

async function isHeld(settings: StoreSettings): Promise<boolean> {
  const rows = await queryDatabase(settings, 'select name from live_log_lease where worker is not null')
  return rows.length > 0
}
