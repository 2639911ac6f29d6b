import { describe, expect, test } from 'vitest'
import { startSandbox, startSandboxWithRoom } from '../start-sandbox.ts'
import { connectDdp, type DdpClient } from './ddp-client.ts'

const STREAM = 'stream-room-messages'

/** Subscribes so many times, and counts the answers that were `ready`. */
async function countReady(ddp: DdpClient, times: number): Promise<number> {
  const answers = await Promise.all(
    Array.from({ length: times }, () => ddp.subscribe(STREAM, '__my_messages__')),
  )
  return answers.filter(({ answer }) => answer.msg === 'ready').length
}

describe('the limits of DDP', () => {
  test('allow 40 subscriptions of a stream per connection in 40 seconds', async () => {
    let now = Date.parse('2026-11-30T12:00:00Z')
    const { sandbox } = await startSandbox({ limiter: true, now: () => now })
    const [ddp, other] = await Promise.all([connectDdp(sandbox.url), connectDdp(sandbox.url)])
    expect(await countReady(ddp, 41)).toBe(40)
    now += 10_000
    expect((await ddp.subscribe(STREAM, '__my_messages__')).answer).toMatchObject({
      msg: 'nosub',
      error: { error: 'too-many-requests', details: { timeToReset: 30_000 } },
    })
    // Connections, names and kinds of requests are counted apart.
    expect(await countReady(other, 1)).toBe(1)
    expect((await ddp.subscribe('stream-livechat-room', 'x')).answer).toMatchObject({
      error: { error: 'not-allowed' },
    })
    expect(await ddp.call(STREAM)).toMatchObject({ error: { error: 404 } })
    now += 30_001
    expect(await countReady(ddp, 1)).toBe(1)
  })

  test('allow ten calls of another method in ten seconds', async () => {
    const { sandbox } = await startSandbox({ limiter: true })
    const { authToken } = sandbox.demo.serviceAccount
    const ddp = await connectDdp(sandbox.url)
    for (let call = 0; call < 10; call += 1) await ddp.call('login', { resume: authToken })
    expect(await ddp.call('login', { resume: authToken })).toMatchObject({
      msg: 'result',
      error: { error: 'too-many-requests', details: { timeToReset: expect.any(Number) } },
    })
  })

  test('count a user on all connections together', async () => {
    const { sandbox } = await startSandbox({
      limiter: true,
      settings: { DDP_Rate_Limit_User_By_Method_Requests_Allowed: 1 },
    })
    const { authToken } = sandbox.demo.serviceAccount
    const [one, two] = [await connectDdp(sandbox.url, authToken), await connectDdp(sandbox.url, authToken)]
    expect((await countReady(one, 3)) + (await countReady(two, 3))).toBe(4)
  })

  test('do not count unsub and ping, and hold for all names of a connection together', async () => {
    const { sandbox, access } = await startSandboxWithRoom({
      limiter: true,
      settings: { DDP_Rate_Limit_Connection_Requests_Allowed: 2 },
    })
    const ddp = await connectDdp(sandbox.url)
    const { id } = await ddp.subscribe(STREAM, access.rid, { visitorToken: access.token })
    ddp.send({ msg: 'ping' })
    ddp.send({ msg: 'unsub', id })
    await ddp.frame(({ msg }) => msg === 'nosub')
    expect((await ddp.subscribe(STREAM, '__my_messages__')).answer.msg).toBe('ready')
    expect((await ddp.subscribe('stream-livechat-room', access.rid)).answer).toMatchObject({
      error: { error: 'too-many-requests' },
    })
  })

  test('are off unless asked for', async () => {
    const { sandbox } = await startSandbox()
    expect(await countReady(await connectDdp(sandbox.url), 100)).toBe(100)
  })
})
