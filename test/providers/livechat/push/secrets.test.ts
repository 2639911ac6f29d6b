import { describe, expect, it } from 'vitest'
import { createLogSink } from '../../../support/log.ts'
import { openPushAlone, operator, requestsOf, visitorOf } from '../support/push-account.ts'
import { RecordingReceiver } from '../support/push-receiver.ts'

describe('tokens', () => {
  it('are in no address, log line or reason; only the login contains them', async () => {
    const { log, lines } = createLogSink()
    const { sandbox, push } = await openPushAlone({ log })
    const chat = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
    const visitor = visitorOf(sandbox, chat)
    const receivers = [new RecordingReceiver(), new RecordingReceiver()]
    const [forOperator, forVisitor] = receivers
    push.subscribeToRoom(chat.id, operator, forOperator ?? expect.fail())
    push.subscribeToRoom(chat.id, visitor, forVisitor ?? expect.fail())
    for (const receiver of receivers) await receiver.next('live')
    sandbox.rtm.disconnect('license_expired')
    for (const receiver of receivers) await receiver.next('down')
    const secrets = [visitor.token, sandbox.credentials.accessToken]
    const shown = JSON.stringify([lines, receivers.map(({ received }) => received), push.refusalReason])
    for (const secret of secrets) expect(shown).not.toContain(secret)
    expect(lines.filter((line) => line.includes('license_expired'))).toHaveLength(2)
    for (const { path } of sandbox.push.connections) expect(path).toMatch(/^\/v3\.6\/\w+\/rtm\/ws$/)
    const withSecret = requestsOf(sandbox).filter((request) =>
      secrets.some((secret) => JSON.stringify(request).includes(secret)),
    )
    expect(withSecret.map(({ action }) => action)).toEqual(['login', 'login'])
  })
})
