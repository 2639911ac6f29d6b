import { expect, it, onTestFinished } from 'vitest'
import { type RocketChatSandbox, startRocketChatSandbox } from '../../../../sandbox/rocketchat/index.ts'
import type { CallContext } from '../../../../src/domain/adapter.ts'
import { anonymousCaller } from '../../../../src/domain/caller.ts'
import { createAdapterWithoutStore } from '../../../support/adapter-without-store.ts'
import { waitUntil } from '../../../support/graphql-client.ts'
import { holdResponses } from '../../../support/hold-responses.ts'
import { silentLog } from '../../../support/log.ts'
import { TimedAllowance } from '../../../support/timed-allowance.ts'
import { ROOM, SEND } from '../support/faults.ts'

async function open(settings: Readonly<Record<string, unknown>> = {}) {
  const sandbox = await startRocketChatSandbox({ seed: false, settings })
  sandbox.workspace.createAgent({ name: 'Ada' })
  const adapter = createAdapterWithoutStore({ kind: 'ROCKET_CHAT', name: 'rocketchat', url: sandbox.url })
  onTestFinished(async () => {
    await adapter.close()
    await sandbox.close()
  })
  const start = (text: string | null, leftMs: () => number, by: Partial<CallContext> = {}) => {
    const call: CallContext = {
      caller: anonymousCaller,
      signal: new AbortController().signal,
      log: silentLog,
      allowance: new TimedAllowance(leftMs),
      ...by,
    }
    const draft = {
      name: by.caller ? null : 'Nadia',
      email: null,
      phone: null,
      customFields: [],
      preChatAnswers: [],
      departmentId: null,
      text,
      idempotencyKey: null,
    }
    return adapter.startRoom(draft, call)
  }
  return { sandbox, start }
}

const wasCalled = ({ calls }: RocketChatSandbox, route: string) => calls.some((call) => call.route === route)

it('a room whose opening outlasts the operation’s time is returned', async () => {
  const { sandbox, start } = await open()
  sandbox.injectFault({ kind: 'slow', ms: 100, route: ROOM })
  const { room } = await start(null, () => 1)
  expect(sandbox.workspace.rooms()).toMatchObject([{ _id: room.nativeId, open: true }])
})

it('a new room whose first message fails at the end of the operation’s time is closed', async () => {
  const { sandbox, start } = await open({
    Livechat_enable_message_character_limit: true,
    Livechat_message_character_limit: 3,
  })
  const leftMs = () => (wasCalled(sandbox, SEND) ? 0 : 30_000)
  await expect(start('too long', leftMs)).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'text' })
  expect(sandbox.workspace.rooms().map(({ open: isOpen = false }) => isOpen)).toEqual([false])
})

it('a visitor’s start that waits for another one is left out if its client disconnects meanwhile', async () => {
  const { sandbox, start } = await open()
  const inTime = () => 30_000
  const { visitorToken, room } = await start(null, inTime)
  const caller = { role: 'VISITOR', token: visitorToken } as const
  sandbox.clearCalls()
  const release = holdResponses(sandbox, { route: ROOM, times: 1 })
  const first = start(null, inTime, { caller })
  await waitUntil(() => wasCalled(sandbox, ROOM))
  const client = new AbortController()
  const second = start('Still there?', inTime, { caller, signal: client.signal })
  client.abort(new Error('the client disconnected'))
  release()
  await expect(second).rejects.toThrow('the client disconnected')
  expect((await first).room.nativeId).toBe(room.nativeId)
  expect(sandbox.counts()).toEqual({ [`GET ${ROOM}`]: 1 })
})
