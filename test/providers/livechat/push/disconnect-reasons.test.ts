import { describe, expect, it } from 'vitest'
import { disconnectReasons } from '../../../../sandbox/livechat/rtm/disconnect-reasons.ts'
import { callAs, openPushAccount, operator, subscribeToRoom, visitorOf } from '../support/push-account.ts'
import { RecordingReceiver } from '../support/push-receiver.ts'

/** What follows each reason (docs/providers/livechat.md 7.2, 25.4); all others end the connection for good. */
const reconnecting = {
  agent: [
    'connection_timeout',
    'internal_error',
    'role_permissions_changed',
    'too_many_unauthorized_connections',
  ],
  customer: [
    'connection_evicted',
    'connection_timeout',
    'internal_error',
    'service_temporarily_unavailable',
    'too_many_unauthorized_connections',
  ],
} as const

async function openRoom(side: 'agent' | 'customer') {
  const account = await openPushAccount()
  const { sandbox } = account
  const chat = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
  const caller = side === 'agent' ? operator : visitorOf(sandbox, chat)
  return { account, sandbox, chat, caller, ...(await subscribeToRoom(account, chat, caller)) }
}

describe.each(['agent', 'customer'] as const)('the end of a connection of an %s', (side) => {
  const isReconnecting = (reason: string) => reconnecting[side].some((word) => word === reason)

  it.each(disconnectReasons[side].filter(isReconnecting))('by %s is followed by another', async (reason) => {
    const { sandbox, chat, receiver } = await openRoom(side)
    sandbox.rtm.disconnect(reason)
    const down = await receiver.next('down')
    expect(down).toMatchObject({ isFinal: false, reason: expect.stringContaining(reason) })
    await receiver.next('live')
    sandbox.chats.customerSends(chat.id, 'still here')
    expect(await receiver.nextMessage()).toMatchObject({ text: 'still here' })
    expect(sandbox.push.accepted).toBe(2)
  })

  it.each([...disconnectReasons[side].filter((reason) => !isReconnecting(reason)), 'reason_of_the_future'])(
    'by %s is final',
    async (reason) => {
      const { account, sandbox, chat, caller, receiver } = await openRoom(side)
      const payload = { reason, data: { region: 'fra' } }
      sandbox.push.sendRaw(JSON.stringify({ type: 'push', action: `${side}_disconnected`, payload }))
      const down = await receiver.next('down')
      expect(down).toMatchObject({ isFinal: true, reason: expect.stringContaining(reason) })
      const isOfOneVisitor = side === 'customer' && !accountWide.has(reason)
      const { status, reason: shown } = await account.adapter.getHealth(callAs(operator))
      expect([status, shown]).toEqual(['UP', isOfOneVisitor ? null : down.reason])
      const next = new RecordingReceiver()
      account.push.subscribeToRoom(chat.id, caller, next)
      expect(await next.next('down')).toMatchObject({ isFinal: true, reason: down.reason })
      expect(sandbox.push.accepted).toBe(1)
    },
  )

  it('with a reason that is no word does not show it', async () => {
    const { sandbox, receiver } = await openRoom(side)
    const payload = { reason: 'secret of <somebody>' }
    sandbox.push.sendRaw(JSON.stringify({ type: 'push', action: `${side}_disconnected`, payload }))
    expect((await receiver.next('down')).reason).not.toContain('secret')
  })
})

/** Reasons that every visitor of the account receives: operators see them in the health. */
const accountWide: ReadonlySet<string> = new Set([
  'license_expired',
  'license_not_found',
  'misdirected_connection',
  'unsupported_version',
  'users_limit_reached',
])

describe('a refused visitor', () => {
  it.each(['access_token_expired', 'access_token_revoked'] as const)(
    'by %s receives the error that a read throws',
    async (reason) => {
      const { sandbox, receiver } = await openRoom('customer')
      sandbox.rtm.disconnect(reason)
      expect(await receiver.next('down')).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
    },
  )
})
