import { describe, expect, it } from 'vitest'
import type { Call, ChatAdapter, OfflineDraft } from '../../src/chat/adapter.ts'
import { capabilities, type Support, type Supports } from '../../src/chat/capability.ts'
import { ChatError, type ErrorCode, errorCodes } from '../../src/chat/errors.ts'
import { Outbox } from '../../src/offline/outbox.ts'
import { refusing } from '../../src/providers/refusing.ts'
import { silentLog } from '../util/log.ts'

const draft: OfflineDraft = {
  name: 'Ada',
  email: 'ada@mail.test',
  text: 'Hello',
  department: null,
  host: null,
}
const call: Call = { caller: { role: 'ANONYMOUS' }, signal: new AbortController().signal, log: silentLog }

/** An adapter whose sending goes as the test says, and which counts it. */
function sender(name: string, outcome: (attempt: number) => Promise<void> = async () => {}) {
  let attempts = 0
  const everybody: Support = { roles: ['ANONYMOUS'], otherwise: '' }
  const adapter: ChatAdapter = {
    ...refusing(name),
    name,
    kind: 'ROCKET_CHAT',
    supports: Object.fromEntries(capabilities.map((capability) => [capability, everybody])) as Supports,
    viewsByRole: false,
    health: async () => ({ status: 'UNKNOWN', checkedAt: null, reason: null }),
    capabilitiesIn: () => [],
    sendOfflineMessage: () => {
      attempts += 1
      return outcome(attempts)
    },
    close: async () => {},
  }
  return { adapter, attempts: () => attempts }
}

const failing = (code: ErrorCode) => (attempt: number) =>
  attempt === 1 ? Promise.reject(new ChatError(code, 'Failed.', { provider: 'one' })) : Promise.resolve()

describe('the outbox', () => {
  it('knows keys by their provider: the same key at two accounts is two messages', async () => {
    const [one, other] = [sender('one'), sender('other')]
    const outbox = new Outbox()
    const messages = await Promise.all(
      [one, other].map(({ adapter }) => outbox.send(adapter, draft, 'key', call)),
    )
    expect(new Set(messages.map(({ key }) => key)).size).toBe(2)
    expect([one.attempts(), other.attempts()]).toEqual([1, 1])
  })

  it('joins who asks while the first is still under way', async () => {
    let arrive: () => void = () => {}
    const answered = new Promise<void>((resolve) => {
      arrive = resolve
    })
    const { adapter, attempts } = sender('one', () => answered)
    const outbox = new Outbox()
    const first = outbox.send(adapter, draft, 'key', call)
    const second = outbox.send(adapter, { ...draft }, 'key', call)
    await expect(outbox.send(adapter, { ...draft, text: 'Else' }, 'key', call)).rejects.toMatchObject({
      code: 'CONFLICT',
      field: 'idempotencyKey',
      provider: 'one',
    })
    arrive()
    expect(await second).toBe(await first)
    expect(attempts()).toBe(1)
  })

  it.each(errorCodes.filter((code) => code !== 'OUTCOME_UNKNOWN'))(
    'sends again what failed with %s',
    async (code) => {
      const { adapter, attempts } = sender('one', failing(code))
      const outbox = new Outbox()
      await expect(outbox.send(adapter, draft, 'key', call)).rejects.toMatchObject({ code })
      expect(await outbox.send(adapter, draft, 'key', call)).toMatchObject({ delivery: { state: 'SENT' } })
      expect(attempts()).toBe(2)
    },
  )

  it('never sends again what may have arrived', async () => {
    const { adapter, attempts } = sender('one', failing('OUTCOME_UNKNOWN'))
    const outbox = new Outbox()
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(outbox.send(adapter, draft, 'key', call)).rejects.toMatchObject({
        code: 'OUTCOME_UNKNOWN',
      })
    }
    expect(attempts()).toBe(1)
  })

  it('begins nothing that the sender’s leaving would break off', async () => {
    const signals: AbortSignal[] = []
    const { adapter } = sender('one')
    const watched: ChatAdapter = {
      ...adapter,
      sendOfflineMessage: async (_draft, { signal }) => void signals.push(signal),
    }
    const leaving = new AbortController()
    await new Outbox().send(watched, draft, null, { ...call, signal: leaving.signal })
    leaving.abort()
    expect(signals.map(({ aborted }) => aborted)).toEqual([false])
  })
})
