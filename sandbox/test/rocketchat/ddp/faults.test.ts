import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import type { RocketChatSandbox } from '../../../rocketchat/index.ts'
import { startSandboxWithRoom } from '../start-sandbox.ts'
import { connectDdp, type DdpClient, openSocket } from './ddp-client.ts'

const STREAM = 'stream-room-messages'

/** A visitor's client that is subscribed to its room. */
async function startSubscribed(): Promise<{ sandbox: RocketChatSandbox; ddp: DdpClient; rid: string }> {
  const { sandbox, access } = await startSandboxWithRoom()
  const ddp = await connectDdp(sandbox.url)
  await ddp.subscribe(STREAM, access.rid, { visitorToken: access.token })
  return { sandbox, ddp, rid: access.rid }
}

/** The texts of the messages that arrived so far. */
async function textsOf(ddp: DdpClient): Promise<unknown[]> {
  const events = await ddp.pending(STREAM)
  return events.map(({ args: [message] }) => Object(message).msg)
}

describe('a faulty push', () => {
  test.each([403, 404, 502] as const)('refuses the upgrade with %d', async (status) => {
    const { sandbox } = await startSubscribed()
    sandbox.push.injectFault({ kind: 'refuse-upgrade', status, times: 1 })
    await expect(openSocket(sandbox.url)).rejects.toThrow(String(status))
    await connectDdp(sandbox.url)
  })

  test('drops connections, which loses what follows', async () => {
    const { sandbox, ddp, rid } = await startSubscribed()
    const other = await connectDdp(sandbox.url)
    const closed = ddp.closed()
    expect(sandbox.push.drop(({ number }) => number === 1)).toBe(1)
    expect(await closed).toBe(1006)
    sandbox.workspace.agentSends(rid, 'Lost')
    expect(await textsOf(other)).toEqual([])
    expect(sandbox.push.connections).toMatchObject([{ number: 2 }])
    expect(sandbox.subscriptions.counts()).toEqual({})
  })

  test('closes connections with a code', async () => {
    const { sandbox, ddp } = await startSubscribed()
    const closed = ddp.closed()
    sandbox.push.close(1013, 'slow')
    expect(await closed).toBe(1013)
  })

  test('is half-open: neither pushes nor pongs arrive, and the TCP connection stays', async () => {
    const { sandbox, ddp, rid } = await startSubscribed()
    const heal = sandbox.push.injectFault({ kind: 'half-open' })
    sandbox.workspace.agentSends(rid, 'Swallowed')
    ddp.send({ msg: 'ping', id: 'swallowed' })
    ddp.socket.ping()
    await sandbox.push.until(() => sandbox.push.connections[0]?.swallowed === 2)
    const other = await openSocket(sandbox.url)
    other.send({ msg: 'connect', version: '1', support: ['1'] })
    await sandbox.push.until(() => sandbox.push.connections[1]?.swallowed === 1)
    heal()
    expect(await textsOf(ddp)).toEqual([])
    expect(ddp.socket.readyState).toBe(ddp.socket.OPEN)
    sandbox.workspace.agentSends(rid, 'Heard')
    expect(await textsOf(ddp)).toEqual(['Heard'])
  })

  test('is silent: pushes are lost, pings are answered', async () => {
    const { sandbox, ddp, rid } = await startSubscribed()
    const heal = sandbox.push.injectFault({ kind: 'silent' })
    sandbox.workspace.agentSends(rid, 'Lost')
    expect(await textsOf(ddp)).toEqual([])
    heal()
    sandbox.workspace.agentSends(rid, 'Heard')
    expect(await textsOf(ddp)).toEqual(['Heard'])
  })

  test('lags until it is released, in order', async () => {
    const { sandbox, ddp, rid } = await startSubscribed()
    const release = sandbox.push.injectFault({ kind: 'hold' })
    sandbox.workspace.agentSends(rid, 'One')
    sandbox.workspace.agentSends(rid, 'Two')
    expect(await textsOf(ddp)).toEqual([])
    release()
    expect(await textsOf(ddp)).toEqual(['One', 'Two'])
  })

  test('sends events before the answer to the subscription', async () => {
    const { sandbox, ddp, rid } = await startSubscribed()
    const release = sandbox.push.injectFault({ kind: 'hold-replies' })
    const { token } = sandbox.workspace.room(rid).v
    const event = `${rid}/deleteMessage`
    const subscribed = ddp.subscribe('stream-notify-room', event, { token })
    await sandbox.push.until(() => sandbox.subscriptions.counts()[`stream-notify-room/${event}`] === 1)
    const { _id } = sandbox.workspace.agentSends(rid, 'Oops')
    sandbox.workspace.remove(_id)
    expect((await ddp.event('stream-notify-room')).args).toEqual([{ _id }])
    release()
    expect((await subscribed).answer.msg).toBe('ready')
  })

  test('duplicates', async () => {
    const { sandbox, ddp, rid } = await startSubscribed()
    sandbox.push.injectFault({ kind: 'duplicate' })
    sandbox.workspace.agentSends(rid, 'Twice')
    expect(await textsOf(ddp)).toEqual(['Twice', 'Twice'])
  })

  test('reorders', async () => {
    const { sandbox, ddp, rid } = await startSubscribed()
    const heal = sandbox.push.injectFault({ kind: 'reorder' })
    for (const text of ['One', 'Two', 'Three']) sandbox.workspace.agentSends(rid, text)
    expect(await textsOf(ddp)).toEqual(['Two', 'One'])
    heal()
    expect(await textsOf(ddp)).toEqual(['Three'])
  })

  test('refuses logins', async () => {
    const { sandbox } = await startSubscribed()
    const { authToken } = sandbox.demo.serviceAccount
    sandbox.push.injectFault({ kind: 'refuse-login', error: { error: 'totp-required' }, times: 1 })
    const ddp = await connectDdp(sandbox.url)
    expect(await ddp.call('login', { resume: authToken })).toMatchObject({
      error: { error: 'totp-required' },
    })
    expect(await ddp.call('login', { resume: authToken })).not.toHaveProperty('error')
  })

  test('refuses subscriptions of a stream, and methods', async () => {
    const { sandbox, ddp, rid } = await startSubscribed()
    sandbox.push.injectFault({
      kind: 'refuse-request',
      request: (name) => name.startsWith('stream-notify-room'),
      error: { error: 'not-allowed' },
    })
    const { token } = sandbox.workspace.room(rid).v
    expect((await ddp.subscribe(STREAM, rid, { visitorToken: token })).answer.msg).toBe('ready')
    expect(
      (await ddp.subscribe('stream-notify-room', `${rid}/deleteMessage`, { token })).answer,
    ).toMatchObject({
      msg: 'nosub',
      error: { error: 'not-allowed' },
    })
    expect(await ddp.call('stream-notify-room')).toMatchObject({ error: { error: 'not-allowed' } })
  })

  test('sends garbage and oversized frames', async () => {
    const { sandbox, ddp } = await startSubscribed()
    ddp.ignoreFrames()
    const garbage = once(ddp.socket, 'message')
    sandbox.push.sendRaw('{"msg":')
    expect(String((await garbage)[0])).toBe('{"msg":')
    const oversized = once(ddp.socket, 'message')
    sandbox.push.sendOversized(100_000)
    expect(String((await oversized)[0]).length).toBeGreaterThan(100_000)
  })
})
