import { describe, expect, it, onTestFinished } from 'vitest'
import { type LiveChatSandboxOptions, startLiveChatSandbox } from '../../../sandbox/livechat/index.ts'
import { createOperatorCaller } from '../../../src/domain/caller.ts'
import type { ActiveRoom } from '../../../src/domain/rooms.ts'
import { callAs } from '../../conformance/check.ts'
import { createAdapterWithoutStore } from '../../support/adapter-without-store.ts'
import { CHAT_LIST_ROUTE } from '../both-providers.ts'

const operator = callAs(createOperatorCaller('tester'))

/** An adapter with an agent’s token, and a reader of its activity that keeps the sync token. */
async function openAccount(options: LiveChatSandboxOptions = {}) {
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
  let syncToken: string | null = null
  return {
    sandbox,
    chats: sandbox.chats,
    /** Revision of the chat's own state, as a poll reports it. */
    revision: async (chatId: string) =>
      (await adapter.readRecentMessages(chatId, null, operator)).roomRevision,
    /** The ids of the chats with activity since the last call, sorted. */
    async changed(): Promise<string[]> {
      const activity = await adapter.readRoomActivity?.(syncToken, operator)
      syncToken = activity?.syncToken ?? null
      return (activity?.rooms ?? []).map(({ roomId }: ActiveRoom) => roomId).sort()
    },
    listRequests: () => sandbox.counts()[`POST ${CHAT_LIST_ROUTE}`] ?? 0,
  }
}

describe.each(['3.6', '3.7'] as const)(
  'the activity of a LiveChat account, with API version %s',
  (chatFieldNames) => {
    const words = { switches: { chatFieldNames } }

    it('contains messages, notes, transfers, deletions of the newest message, closing and reopening', async () => {
      const { chats, changed } = await openAccount(words)
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

describe('the activity of a LiveChat account', () => {
  it('a poll shows that a chat is queued, and not its place in the queue', async () => {
    const { chats, revision } = await openAccount()
    const { id } = chats.start({ say: 'hello' })
    const [thread] = chats.get(id).threads
    const served = await revision(id)
    Object.assign(thread ?? {}, { queue: { position: 2, waitSeconds: 90, queuedAt: thread?.createdAt } })
    const queued = await revision(id)
    expect(queued).not.toBe(served)
    Object.assign(thread ?? {}, { queue: { position: 1, waitSeconds: 30, queuedAt: thread?.createdAt } })
    expect(await revision(id)).toBe(queued)
  })

  it('contains no chat of which only the place in the queue or what its users have seen changed', async () => {
    const { chats, changed } = await openAccount()
    const { id } = chats.start({ say: 'hello' })
    const { threads, users } = chats.get(id)
    const queuedAt = threads[0]?.createdAt ?? 0
    Object.assign(threads[0] ?? {}, { queue: { position: 2, waitSeconds: 90, queuedAt } })
    expect(await changed()).toEqual([])
    Object.assign(threads[0] ?? {}, { queue: { position: 1, waitSeconds: 30, queuedAt } })
    for (const user of users) user.seenUpTo = queuedAt + 5_000_000
    expect(await changed()).toEqual([])
    chats.customerSends(id, 'anyone?')
    expect(await changed()).toEqual([id])
  })

  it('includes an old conversation that continues, although the list is sorted by threads', async () => {
    const { chats, changed, sandbox, listRequests } = await openAccount()
    const old = chats.start({ say: 'I am patient' })
    const newer = Array.from({ length: 130 }, () => chats.start({ say: 'hello' }))
    for (const { id } of newer) chats.close(id)
    expect(await changed()).toEqual([])
    chats.customerSends(old.id, 'still here')
    sandbox.clearCalls()
    expect(await changed()).toEqual([old.id])
    expect(listRequests()).toBe(2)
    chats.close(old.id)
    expect(await changed()).toEqual([old.id])
    sandbox.clearCalls()
    expect(await changed()).toEqual([])
    expect(listRequests()).toBe(1)
  })

  it('does not include a chat that newer ones push off the first page, nor one that returns to it', async () => {
    const { chats, changed } = await openAccount()
    const before = Array.from({ length: 100 }, () => chats.start({ say: 'hello' }))
    for (const { id } of before) chats.close(id)
    await changed()
    const after = Array.from({ length: 5 }, () => chats.start({ say: 'hello' }).id).sort()
    expect(await changed()).toEqual(after)
    expect(await changed()).toEqual([])
  })

  it('includes a conversation that starts and ends between two polls', async () => {
    const { chats, changed } = await openAccount()
    chats.start({ say: 'hello' })
    await changed()
    const { id } = chats.start({ say: 'short' })
    chats.close(id)
    expect(await changed()).toEqual([id])
  })

  it('costs one request per poll while the open conversations fit one page', async () => {
    const { chats, changed, sandbox, listRequests } = await openAccount()
    const ids = Array.from({ length: 40 }, () => chats.start({ say: 'hello' }).id)
    await changed()
    sandbox.clearCalls()
    for (const id of ids.slice(0, 5)) chats.customerSends(id, 'hello')
    expect(await changed()).toHaveLength(5)
    expect(await changed()).toEqual([])
    expect(sandbox.counts()).toEqual({ [`POST ${CHAT_LIST_ROUTE}`]: 2 })
    expect(listRequests()).toBe(2)
  })
})
