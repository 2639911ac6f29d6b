import { expect, it, onTestFinished } from 'vitest'
import { startLiveChatSandbox } from '../../../../sandbox/livechat/index.ts'
import { anonymousCaller } from '../../../../src/domain/caller.ts'
import { createAdapterWithoutStore } from '../../../support/adapter-without-store.ts'
import { silentLog } from '../../../support/log.ts'
import { liveChatConfig } from '../../../support/test-gateway.ts'
import { TimedAllowance } from '../../../support/timed-allowance.ts'
import { withOAuth } from '../support/livechat-gateway.ts'

it('a chat that was started at the end of the operation’s time is returned', async () => {
  const sandbox = await startLiveChatSandbox({ seed: false })
  const { organizationId } = sandbox.credentials
  const adapter = createAdapterWithoutStore(
    withOAuth({ ...liveChatConfig(sandbox), organizationId }, sandbox),
  )
  onTestFinished(async () => {
    await adapter.close()
    await sandbox.close()
  })
  const isStarted = () => sandbox.calls.some(({ route }) => route.includes('start_chat'))
  const draft = {
    name: 'Nadia',
    email: null,
    phone: null,
    customFields: [],
    preChatAnswers: [],
    departmentId: null,
    text: 'hello',
    idempotencyKey: null,
  }
  const { room, visitorToken } = await adapter.startRoom(draft, {
    caller: anonymousCaller,
    signal: new AbortController().signal,
    log: silentLog,
    allowance: new TimedAllowance(() => (isStarted() ? 0 : 30_000)),
  })
  expect(visitorToken).not.toBe('')
  expect(room).toMatchObject({ type: 'Room', status: 'OPEN' })
})
