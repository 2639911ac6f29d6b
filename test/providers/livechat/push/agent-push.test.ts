import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { LiveChatSandbox } from '../../../../sandbox/livechat/index.ts'
import { waitUntil } from '../../../support/graphql-client.ts'
import { withOAuth } from '../support/livechat-gateway.ts'
import {
  callAs,
  openPushAccount,
  openPushAccountAt,
  openPushAlone,
  operator,
  type PushAccount,
  readMessage,
  requestsOf,
  subscribeToRoom,
} from '../support/push-account.ts'
import { RecordingReceiver } from '../support/push-receiver.ts'

const ROBIN = 'agent@switchboard.test'
const ADA = 'ada.kowalska@switchboard.test'

/** A chat that Ada serves: the service account is not in it. */
function startAtAda(sandbox: LiveChatSandbox, say = 'hello') {
  sandbox.chats.setRoutingStatus(ROBIN, 'not_accepting_chats')
  return sandbox.chats.start({ customer: { name: 'Cy' }, say })
}

describe('the agent’s session', () => {
  it('is away, accepts no chats, and asks only for the pushes that it reads', async () => {
    const account = await openPushAccount()
    const { sandbox } = account
    const chat = sandbox.chats.start({ say: 'hello' })
    await subscribeToRoom(account, chat, operator)
    await waitUntil(() => sandbox.chats.agents[0]?.routingStatus === 'not_accepting_chats')
    const [login] = requestsOf(sandbox)
    expect(login).toMatchObject({
      action: 'login',
      payload: {
        away: true,
        application: { name: 'Switchboard' },
        pushes: { '3.6': expect.arrayContaining(['incoming_event', 'agent_disconnected']) },
      },
    })
    expect(JSON.stringify(login?.payload['pushes'])).not.toContain('"all"')
  })

  it('is one for all rooms, and stays', async () => {
    const account = await openPushAccount()
    const { sandbox } = account
    const chats = [sandbox.chats.start({ say: 'one' }), sandbox.chats.start({ say: 'two' })]
    for (const chat of chats) (await subscribeToRoom(account, chat, operator)).subscription.close()
    await subscribeToRoom(account, chats[0] ?? expect.fail(), operator)
    expect(sandbox.push.accepted).toBe(1)
  })

  it('ends with the adapter', async () => {
    const account = await openPushAccount()
    const { sandbox } = account
    await subscribeToRoom(account, sandbox.chats.start({ say: 'one' }), operator)
    await account.adapter.close()
    await waitUntil(() => sandbox.push.connections.length === 0)
  })
})

describe('a room that the service account is not in', () => {
  it('is followed once for all that watch it', async () => {
    const account = await openPushAccount()
    const { sandbox } = account
    const chat = startAtAda(sandbox)
    const { receiver, subscription } = await subscribeToRoom(account, chat, operator)
    const other = await subscribeToRoom(account, chat, operator)
    expect(chat.followerIds.has(ROBIN)).toBe(true)
    sandbox.chats.agentSends(chat.id, 'Good morning', ADA)
    const message = await receiver.nextMessage()
    expect(message).toEqual(await readMessage(account, chat, operator, message.ref.messageId))
    subscription.close()
    other.subscription.close()
    expect(requestsOf(sandbox).filter(({ action }) => action === 'follow_chat')).toHaveLength(1)
  })

  it('is still pushed to another process of the account when nobody watches it here any more', async () => {
    const account = await openPushAccount()
    const other = openPushAccountAt(account.sandbox)
    const chat = startAtAda(account.sandbox)
    const { receiver } = await subscribeToRoom(account, chat, operator)
    const watched = await subscribeToRoom(other, chat, operator)
    watched.subscription.close()
    // What it sent before is processed when its next room is live.
    await subscribeToRoom(other, startAtAda(account.sandbox), operator)
    account.sandbox.chats.agentSends(chat.id, 'Good morning', ADA)
    expect(await receiver.nextMessage()).toMatchObject({ text: 'Good morning' })
  })

  it('is followed again when its next conversation starts, and after a lost connection', async () => {
    const account = await openPushAccount()
    const { sandbox } = account
    const chat = startAtAda(sandbox)
    const { receiver } = await subscribeToRoom(account, chat, operator)
    sandbox.chats.close(chat.id)
    sandbox.chats.resume(chat.id)
    sandbox.chats.customerSends(chat.id, 'me again')
    await receiver.next('down', ({ isFinal }) => !isFinal)
    await receiver.next('live')
    sandbox.push.drop()
    await receiver.next('down', ({ isFinal }) => !isFinal)
    await receiver.next('live')
    sandbox.chats.customerSends(chat.id, 'hello?')
    await receiver.next('change', ({ change }) => change.type !== 'RoomChanged')
    expect(chat.followerIds.has(ROBIN)).toBe(true)
  })

  it('is followed when the service account leaves it', async () => {
    const account = await openPushAccount()
    const { sandbox } = account
    const chat = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
    const { receiver } = await subscribeToRoom(account, chat, operator)
    expect(chat.followerIds.size).toBe(0)
    sandbox.chats.transfer(chat.id, { agentId: ADA })
    await receiver.next('down', ({ isFinal }) => !isFinal)
    await receiver.next('live')
    expect(chat.followerIds.has(ROBIN)).toBe(true)
  })

  it('that does not exist is refused for good, with the error of a read', async () => {
    const { push } = await openPushAccount()
    const receiver = new RecordingReceiver()
    push.subscribeToRoom('NOSUCHROOM', operator, receiver)
    expect(await receiver.next('down')).toMatchObject({ isFinal: true, error: { code: 'NOT_FOUND' } })
  })

  it('beyond the limit is polled', async () => {
    const { sandbox, push } = await openPushAlone({ maxRooms: 1 })
    const chats = [startAtAda(sandbox), startAtAda(sandbox)]
    const [first, second] = chats.map((chat) => {
      const receiver = new RecordingReceiver()
      return { receiver, subscription: push.subscribeToRoom(chat.id, operator, receiver) }
    })
    await first?.receiver.next('live')
    expect(await second?.receiver.next('down')).toMatchObject({ isFinal: true })
  })

  it('waits its turn: no more requests are pending than LiveChat accepts', async () => {
    const account = await openPushAccount()
    const { sandbox, push } = account
    const chats = Array.from({ length: 25 }, () => startAtAda(sandbox))
    const [first, ...others] = chats
    await subscribeToRoom(account, first ?? expect.fail(), operator)
    const release = sandbox.rtm.holdRequests()
    sandbox.push.clearFrames()
    const receivers = others.map(({ id }) => {
      const receiver = new RecordingReceiver()
      push.subscribeToRoom(id, operator, receiver)
      return receiver
    })
    await waitUntil(() => requestsOf(sandbox).length === 9)
    release()
    await Promise.all(receivers.map((receiver) => receiver.next('live')))
    expect(chats.every(({ followerIds }) => followerIds.has(ROBIN))).toBe(true)
  })
})

describe('the account', () => {
  async function watchAccount({ push }: PushAccount) {
    const receiver = new RecordingReceiver()
    const subscription = push.subscribeToAccount?.(receiver) ?? expect.fail()
    await receiver.next('live')
    return { receiver, subscription }
  }

  it('reports important changes of all rooms, and events of those that are followed', async () => {
    const account = await openPushAccount()
    const { sandbox } = account
    const { receiver } = await watchAccount(account)
    const chat = startAtAda(sandbox)
    await receiver.next('activity', ({ roomId }) => roomId === chat.id)
    await subscribeToRoom(account, chat, operator)
    receiver.received.length = 0
    sandbox.chats.customerSends(chat.id, 'more')
    await waitUntil(() => receiver.received.length > 0)
    expect(receiver.received).toEqual([{ type: 'activity', roomId: chat.id }])
  })

  it('does not report signals', async () => {
    const account = await openPushAccount()
    const { sandbox } = account
    const chat = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
    const { receiver, subscription } = await watchAccount(account)
    expect(subscription.aliveAt).toBeGreaterThan(0)
    sandbox.chats.customerTypes(chat.id, 'h')
    sandbox.chats.customerSends(chat.id, 'more')
    await receiver.next('activity')
    expect(receiver.received.filter(({ type }) => type === 'activity')).toHaveLength(1)
    subscription.close()
    expect(subscription.aliveAt).toBeNull()
  })
})

describe('the session’s token', () => {
  it('is renewed when it has expired, and the session continues', async () => {
    const account = await openPushAccount({ configure: withOAuth })
    const { sandbox } = account
    const chat = startAtAda(sandbox)
    const { receiver } = await subscribeToRoom(account, chat, operator)
    sandbox.tokens.expireAll()
    expect(await receiver.next('down')).toMatchObject({ isFinal: false })
    await receiver.next('live')
    const logins = requestsOf(sandbox).filter(({ action }) => action === 'login')
    expect(new Set(logins.map(({ payload }) => payload['token'])).size).toBeGreaterThan(1)
  })

  it.each(['that another request has renewed', 'that expires soon'])(
    '%s is replaced on the same connection',
    async (when) => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
      onTestFinished(() => {
        vi.useRealTimers()
      })
      const agent = { header: '', expiresAt: null as number | null, renew: async () => true }
      const { sandbox, push } = await openPushAlone({ agent })
      const issue = () => `Bearer ${sandbox.tokens.accessToken()}`
      agent.header = issue()
      const receiver = new RecordingReceiver()
      push.subscribeToRoom(startAtAda(sandbox).id, operator, receiver)
      await receiver.next('live')
      vi.advanceTimersByTime(60_000)
      const renewed = issue()
      if (when === 'that expires soon') {
        agent.expiresAt = performance.now() + 60_000
        agent.renew = async () => {
          agent.header = renewed
          return true
        }
      } else agent.header = renewed
      vi.advanceTimersByTime(60_000)
      const updates = () => requestsOf(sandbox).filter(({ action }) => action === 'update_session')
      await waitUntil(() => updates().length > 0)
      expect(updates()).toMatchObject([{ payload: { token: renewed } }])
      expect(sandbox.push.accepted).toBe(1)
    },
  )

  it('that cannot be renewed ends push, which operators see in the health', async () => {
    const account = await openPushAccount()
    const { sandbox, adapter, push } = account
    const chat = startAtAda(sandbox)
    const { receiver } = await subscribeToRoom(account, chat, operator)
    sandbox.rtm.disconnect('access_token_revoked')
    expect(await receiver.next('down')).toMatchObject({ isFinal: true })
    expect(await adapter.getHealth(callAs(operator))).toMatchObject({
      status: 'UP',
      reason: expect.stringContaining('access_token_revoked'),
    })
    // Nothing is tried again at once.
    const next = new RecordingReceiver()
    push.subscribeToRoom(chat.id, operator, next)
    expect(await next.next('down')).toMatchObject({ isFinal: true })
    expect(sandbox.push.accepted).toBe(1)
  })
})
