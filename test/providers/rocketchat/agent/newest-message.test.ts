import { expect, it, onTestFinished } from 'vitest'
import { startRocketChatSandbox } from '../../../../sandbox/rocketchat/index.ts'
import { createOperatorCaller } from '../../../../src/domain/caller.ts'
import { createAdapterWithoutStore } from '../../../support/adapter-without-store.ts'
import { silentLog } from '../../../support/log.ts'
import { rocketChatConfig } from '../../../support/test-gateway.ts'

const call = { caller: createOperatorCaller('tester'), signal: new AbortController().signal, log: silentLog }

it('a row of room activity shows the newest message as a read does, with the counter of the room', async () => {
  const sandbox = await startRocketChatSandbox({ seed: false })
  onTestFinished(() => sandbox.close())
  const { workspace } = sandbox
  const serviceAccount = workspace.serviceAccount()
  const adapter = createAdapterWithoutStore({ ...rocketChatConfig(sandbox.url), serviceAccount })
  onTestFinished(() => adapter.close())
  workspace.createAgent({ username: 'ada', name: 'Ada Agent' })
  const { token } = workspace.createVisitor({ name: 'Vera' })
  const { _id: roomId } = workspace.openRoom({ token })
  const readActivity = async (syncToken: string | null) => {
    const activity = await adapter.readRoomActivity?.(syncToken, call)
    return { syncToken: activity?.syncToken ?? '', newest: activity?.rooms.at(0)?.newestMessage ?? null }
  }
  let { syncToken } = await readActivity(null)
  const acts = [
    () => workspace.visitorSends(roomId, 'hello', { _id: 'm1' }),
    () => workspace.edit('m1', 'hello!'),
    () =>
      workspace.agentSends(roomId, 'a card', {
        alias: 'Helpful Bot',
        attachments: [{ title: 'A card', text: 'with a text' }],
      }),
    () =>
      workspace.visitorSends(roomId, 'a file', {
        file: { _id: 'f1', name: 'a.txt', type: 'text/plain' },
        files: [{ _id: 'f1', name: 'a.txt', type: 'text/plain' }],
        attachments: [{ title: 'a.txt', type: 'file', title_link: '/file-upload/f1/a.txt' }],
      }),
  ]
  for (const act of acts) {
    act()
    const { newest, syncToken: next } = await readActivity(syncToken)
    syncToken = next
    const { messages } = await adapter.readRecentMessages(roomId, null, call)
    const { msgs: count, _updatedAt: writtenAt } = workspace.room(roomId)
    expect(newest).toEqual({ message: messages.at(-1), count, writtenAt })
  }
  workspace.remove('m1')
  expect((await readActivity(syncToken)).newest).toMatchObject({ count: workspace.room(roomId).msgs })
})
