import { describe, expect, it, onTestFinished } from 'vitest'
import { type LiveChatSandboxOptions, startLiveChatSandbox } from '../../../sandbox/livechat/index.ts'
import type { ActiveRoom } from '../../../src/domain/adapter.ts'
import { createOperatorCaller } from '../../../src/domain/caller.ts'
import { callAs } from '../../conformance/check.ts'
import { createAdapterWithoutStore } from '../../support/adapter-without-store.ts'
import { CHAT_LIST_ROUTE } from '../both-providers.ts'

const operator = callAs(createOperatorCaller('tester'))

/** An adapter with an agent’s token, and a reader of what happened that keeps the mark. */
async function openLicence(options: LiveChatSandboxOptions = {}) {
  const sandbox = await startLiveChatSandbox({ seed: false, ...options })
  const { accountId, personalAccessToken, organizationId } = sandbox.credentials
  const adapter = createAdapterWithoutStore({
    kind: 'LIVECHAT',
    name: 'livechat',
    apiUrl: sandbox.url,
    accountsUrl: sandbox.url,
    helpdeskUrl: `${sandbox.url}/v1`,
    restUrl: sandbox.url,
    credential: { type: 'pat', accountId, token: personalAccessToken },
    organizationId,
    offlineSource: 'helpdesk',
    timeZone: 'UTC',
  })
  onTestFinished(async () => {
    await adapter.close()
    await sandbox.close()
  })
  let mark: string | null = null
  return {
    sandbox,
    chats: sandbox.chats,
    /** The ids of the chats in which something happened since the last call, sorted. */
    async changed(): Promise<string[]> {
      const activity = await adapter.readRoomActivity?.(mark, operator)
      mark = activity?.syncToken ?? null
      return (activity?.rooms ?? []).map(({ roomId }: ActiveRoom) => roomId).sort()
    },
    listCalls: () => sandbox.counts()[`POST ${CHAT_LIST_ROUTE}`] ?? 0,
  }
}

describe.each(['3.6', '3.7'] as const)(
  'what happened at a LiveChat, in the words of %s',
  (chatFieldNames) => {
    const words = { switches: { chatFieldNames } }

    it('tells of messages, notes, transfers, deletions of the newest message, closing and reopening', async () => {
      const { chats, changed } = await openLicence(words)
      const { id } = chats.start({ say: 'hello' })
      chats.start({ say: 'somebody else' })
      expect(await changed()).toEqual([])
      const { id: eventId } = chats.customerSends(id, 'one')
      expect(await changed()).toEqual([id])
      chats.customerDeletes(id, eventId)
      expect(await changed()).toEqual([id])
      chats.agentNotes(id, 'a note')
      expect(await changed()).toEqual([id])
      chats.close(id)
      expect(await changed()).toEqual([id])
      chats.resume(id)
      expect(await changed()).toEqual([id])
      expect(await changed()).toEqual([])
    })
  },
)

describe('what happened at a LiveChat', () => {
  it('trap: the list is sorted by threads, not by what happened: an old conversation that goes on is told', async () => {
    const { chats, changed, sandbox, listCalls } = await openLicence()
    const old = chats.start({ say: 'I am patient' })
    const newer = Array.from({ length: 130 }, () => chats.start({ say: 'hello' }))
    for (const { id } of newer) chats.close(id)
    expect(await changed()).toEqual([])
    chats.customerSends(old.id, 'still here')
    sandbox.clearCalls()
    expect(await changed()).toEqual([old.id])
    expect(listCalls()).toBe(2)
    chats.close(old.id)
    expect(await changed()).toEqual([old.id])
    sandbox.clearCalls()
    expect(await changed()).toEqual([])
    expect(listCalls()).toBe(1)
  })

  it('trap: a chat that newer ones push off the first page is not told as changed, nor one that comes back', async () => {
    const { chats, changed } = await openLicence()
    const before = Array.from({ length: 100 }, () => chats.start({ say: 'hello' }))
    for (const { id } of before) chats.close(id)
    await changed()
    const after = Array.from({ length: 5 }, () => chats.start({ say: 'hello' }).id).sort()
    expect(await changed()).toEqual(after)
    expect(await changed()).toEqual([])
  })

  it('trap: a conversation that begins and ends between two looks is told', async () => {
    const { chats, changed } = await openLicence()
    chats.start({ say: 'hello' })
    await changed()
    const { id } = chats.start({ say: 'short' })
    chats.close(id)
    expect(await changed()).toEqual([id])
  })

  it('costs one call per look while a page holds the conversations that go on', async () => {
    const { chats, changed, sandbox, listCalls } = await openLicence()
    const ids = Array.from({ length: 40 }, () => chats.start({ say: 'hello' }).id)
    await changed()
    sandbox.clearCalls()
    for (const id of ids.slice(0, 5)) chats.customerSends(id, 'hello')
    expect(await changed()).toHaveLength(5)
    expect(await changed()).toEqual([])
    expect(sandbox.counts()).toEqual({ [`POST ${CHAT_LIST_ROUTE}`]: 2 })
    expect(listCalls()).toBe(2)
  })
})
