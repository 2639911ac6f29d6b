import { EventEmitter, once } from 'node:events'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { LiveNoticeReceiver, LiveNotices, LogLease } from '../../src/coordination/live-log-store.ts'
import type { Store } from '../../src/store/create-store.ts'
import { openStore, type StoreSettings } from '../../src/store/open-store.ts'
import { silentLog } from '../support/log.ts'
import { emptyPostgresDatabase, hasPostgres, restartPostgres } from '../support/postgres.ts'
import { type PostgresProxy, startPostgresProxy } from '../support/postgres-proxy.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { openWholeStore, queryDatabase } from './databases.ts'

const LEASE_MS = 60_000

it('the embedded database has no notices', async () => {
  const store = await openWholeStore({ dataDir: createTestDirectory() })
  expect(store.notices).toBeNull()
})

describe.runIf(hasPostgres)('notices between processes', () => {
  let settings: StoreSettings
  let store: Store
  let other: Store
  beforeEach(async () => {
    settings = { dataDir: '', databaseUrl: await emptyPostgresDatabase() }
    store = await openWholeStore(settings)
    other = await openWholeStore(settings)
    await store.leases.renew('one', LEASE_MS)
  })
  const acquire = (names: readonly string[]) => store.liveLog.acquire(names, 'one')

  it('reach all others and not their sender', async () => {
    const [mine, first, second] = await Promise.all([listen(store), listen(other), listen(other)])
    await noticesOf(store).send('hello, "ü 😀"\nnext line')
    await noticesOf(other).send('back')
    expect(await first.next()).toBe('notice hello, "ü 😀"\nnext line')
    expect(await second.next()).toBe('notice hello, "ü 😀"\nnext line')
    expect(await mine.next()).toBe('notice back')
  })

  it('may be of seven thousand bytes, whatever they are', async () => {
    const receiver = await listen(other)
    const text = '"\\ü'.repeat(1_750)
    await noticesOf(store).send(text)
    expect(await receiver.next()).toBe(`notice ${text}`)
    await expect(noticesOf(store).send('x'.repeat(8_000))).rejects.toThrow('payload')
  })

  it('announce what is appended, after it can be read, and nothing that was refused', async () => {
    const receiver = await listen(other)
    const leases = await acquire(['a', 'b'])
    await store.liveLog.append([appendTo(leases, 'a', 2), { ...appendTo(leases, 'b', 1), entries: [] }])
    expect(await receiver.next()).toBe('appended a 2')
    expect(await other.liveLog.readAfter([{ name: 'a', sequence: 0 }])).toHaveLength(2)
    const [lost] = leases
    if (!lost) throw new Error('not acquired')
    await store.liveLog.append([{ ...appendTo(leases, 'a', 3), lease: { ...lost, epoch: 'former' } }])
    await store.liveLog.append([appendTo(leases, 'b', 1)])
    expect(await receiver.next()).toBe('appended b 1')
  })

  it('announce thousands of logs, in as many payloads as that takes', async () => {
    const receiver = await listen(other)
    const names = Array.from({ length: 2_000 }, (_, index) =>
      JSON.stringify(['rocketchat', `room-ü-${index}`, null]),
    )
    const leases = await acquire(names)
    await store.liveLog.append(names.map((name) => appendTo(leases, name, 1)))
    const appended = new Set<string>()
    for (const _name of names) appended.add(await receiver.next())
    expect(appended).toEqual(new Set(names.map((name) => `appended ${name} 1`)))
    await store.liveLog.release(leases)
    const released = new Set<string>()
    for (const _name of names) released.add(await receiver.next())
    expect(released).toEqual(new Set(names.map((name) => `released ${name}`)))
  })

  it('announce a release, unless another worker has acquired the lease since', async () => {
    const receiver = await listen(other)
    const leases = await acquire(['a', 'b'])
    const [a, b] = leases
    if (!a || !b) throw new Error('not acquired')
    await store.liveLog.release([{ ...a, epoch: 'former' }, b])
    expect(await receiver.next()).toBe('released b')
    expect((await other.liveLog.acquire(['b'], 'two'))[0]).toMatchObject({ worker: 'two' })
  })

  it('ask the holders of logs to save their state', async () => {
    const receiver = await listen(other)
    await store.logErasure.requestSnapshots(['a', 'ü"b'])
    expect([await receiver.next(), await receiver.next()]).toEqual(['save a', 'save ü"b'])
  })

  it('that another version sends in another form are ignored', async () => {
    const receiver = await listen(other)
    for (const payload of ['x', 'x later {}', 'x appended [["a","b"]]', 'x released [', 'x text fine'])
      await queryDatabase(settings, `select pg_notify('switchboard_live', '${payload}')`)
    expect(await receiver.next()).toBe('notice fine')
  })

  it('are received again after the server has ended the connection', async () => {
    const receiver = await listen(other)
    await queryDatabase(
      settings,
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'switchboard notices'`,
    )
    expect(await receiver.next()).toBe('resumed')
    await noticesOf(store).send('again')
    expect(await receiver.next()).toBe('notice again')
  })

  it('are received again after the server was restarted', async () => {
    const receiver = await listen(other)
    await restartPostgres(500)
    expect(await receiver.next()).toBe('resumed')
    await noticesOf(store).send('again')
    expect(await receiver.next()).toBe('notice again')
  })

  it('are received again after a connection that has fallen silent', async () => {
    const { distant, line } = await openDistant(settings)
    const receiver = await listen(distant)
    line.stallOpenConnections()
    expect(await receiver.next()).toBe('resumed')
    await noticesOf(store).send('again')
    expect(await receiver.next()).toBe('notice again')
  })

  it('end with the returned function, and with the store', async () => {
    const connections = async () =>
      (
        await queryDatabase(
          settings,
          `select 1 from pg_stat_activity where application_name = 'switchboard notices'`,
        )
      ).length
    const receiver = await listen(store)
    const whole = await openStore(settings, silentLog)
    const events = new EventEmitter()
    noticesOf(whole).listen({ ...silent, onResumed: () => events.emit('resumed') })
    await once(events, 'resumed')
    expect(await connections()).toBe(2)
    await receiver.stop()
    await whole.close()
    await expect.poll(connections).toBe(0)
  })

  it('do not delay a stop while the server does not respond', async () => {
    const { distant, line } = await openDistant(settings)
    const receiver = await listen(distant)
    line.stall()
    await receiver.stop()
  })
})

const silent: LiveNoticeReceiver = {
  onAppended() {},
  onReleased() {},
  onSnapshotRequested() {},
  onNotice() {},
  onResumed() {},
}

/** Listens, and waits until the first connection listens. */
async function listen(store: Store) {
  const received: string[] = []
  const events = new EventEmitter()
  const receive = (text: string) => {
    received.push(text)
    events.emit('received')
  }
  const stop = noticesOf(store).listen({
    onAppended: (name, sequence) => receive(`appended ${name} ${sequence}`),
    onReleased: (name) => receive(`released ${name}`),
    onSnapshotRequested: (name) => receive(`save ${name}`),
    onNotice: (text) => receive(`notice ${text}`),
    onResumed: () => receive('resumed'),
  })
  onTestFinished(stop)
  const next = async (): Promise<string> => {
    while (received.length === 0) await once(events, 'received')
    return received.shift() ?? ''
  }
  expect(await next()).toBe('resumed')
  return { next, stop }
}

async function openDistant(settings: StoreSettings): Promise<{ distant: Store; line: PostgresProxy }> {
  const line = await startPostgresProxy(settings.databaseUrl ?? '')
  return { distant: await openWholeStore({ dataDir: '', databaseUrl: line.url }), line }
}

function noticesOf({ notices }: Store): LiveNotices {
  if (!notices) throw new Error('this store has no notices')
  return notices
}

function appendTo(leases: readonly LogLease[], name: string, upTo: number) {
  const lease = leases.find((each) => each.name === name)
  if (!lease) throw new Error(`not acquired: ${name}`)
  const entries = Array.from({ length: upTo }, (_, index) => ({ sequence: index + 1, content: '{}' }))
  return { lease, entries, snapshot: null }
}
