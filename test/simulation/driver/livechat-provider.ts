import { enableLiveChatWebhooks } from '../../../sandbox/enable-webhooks.ts'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../../sandbox/livechat/index.ts'
import { encodeId } from '../../../src/domain/ids.ts'
import type { MessageVisibility } from '../../../src/domain/model.ts'
import type { StoredMessage } from '../oracle/ledger.ts'
import { stateText } from '../oracle/room-states.ts'
import type { ProviderAction, ProviderClock, SimulatedProvider, SimulatedRoom } from './simulated-provider.ts'

const PROVIDER = 'livechat'
const WEBHOOK_SECRET = 'webhook-secret-of-histories'
const ROOMS = 2

/** A LiveChat with two chats, each of a customer of its own, and a personal access token. */
export async function startLiveChatProvider(clock: ProviderClock): Promise<SimulatedProvider> {
  const sandbox = await startLiveChatSandbox({ seed: false, now: clock.now })
  const { accountId, personalAccessToken, organizationId } = sandbox.credentials
  const rooms = Array.from({ length: ROOMS }, () => openRoom(sandbox))
  const quietRoom = openRoom(sandbox).id
  return {
    provider: PROVIDER,
    config: {
      name: PROVIDER,
      kind: 'LIVECHAT',
      apiUrl: sandbox.url,
      accountsUrl: sandbox.url,
      helpdeskUrl: `${sandbox.url}/v1`,
      restUrl: sandbox.url,
      credential: { type: 'pat', accountId, token: personalAccessToken },
      organizationId,
      offlineSource: 'helpdesk',
      timeZone: 'UTC',
      webhookSecret: WEBHOOK_SECRET,
    },
    server: sandbox,
    clock,
    rooms,
    quietRoom,
    viewsByRole: true,
    limit: null,
    rateLimitFault: {
      kind: 'answer',
      status: 429,
      body: { error: { type: 'too_many_requests', message: 'Too many requests' } },
    },
    webhooks: sandbox.webhooks,
    sendWebhooksTo: (url) => enableLiveChatWebhooks(sandbox, url, WEBHOOK_SECRET),
    perform: (room, deed) => act(sandbox, room, deed),
    storedMessages: ({ nativeId }) => storedIn(sandbox, nativeId),
    stateOf: ({ nativeId }, view) => stateIn(sandbox, nativeId, view),
    revoke: ({ visitorToken }) => void sandbox.tokens.reject(visitorToken),
    revokeAccount: () => sandbox.tokens.reject(personalAccessToken),
    offlineList: {
      leave: (text) => void sandbox.addTicket({ requester: { email: 'mail@visitor.test' }, text }),
      has: (text) =>
        sandbox.tickets.some(({ events }) => events.some(({ message }) => message.text.includes(text))),
    },
    close: () => sandbox.close(),
  }
}

function openRoom({ chats, tokens }: LiveChatSandbox): SimulatedRoom {
  const { id: nativeId } = chats.start()
  const visitorToken = tokens.customerToken(chats.customerOf(nativeId).id)
  return { nativeId, visitorToken, id: encodeId({ type: 'Room', provider: PROVIDER, roomId: nativeId }) }
}

function act({ chats }: LiveChatSandbox, { nativeId }: SimulatedRoom, deed: ProviderAction): void {
  const isOpen = chats.get(nativeId).threads.at(-1)?.active === true
  switch (deed.do) {
    case 'say':
    case 'say late':
    case 'note':
      // Whoever speaks in a closed chat opens its next thread.
      if (!isOpen) chats.resume(nativeId)
      if (deed.do === 'note') chats.agentNotes(nativeId, deed.text)
      else if (deed.do === 'say' && deed.by !== 'visitor') chats.agentSends(nativeId, deed.text)
      else chats.customerSends(nativeId, deed.text)
      return
    case 'delete':
      if (isOwn(chats, nativeId, deed.id)) chats.customerDeletes(nativeId, deed.id)
      return
    case 'close':
      if (isOpen) chats.close(nativeId, 'agent')
      return
    case 'reopen':
      if (!isOpen) chats.resume(nativeId)
      return
    case 'change quietly':
      // The tags of a thread are its agents' own.
      chats
        .get(nativeId)
        .threads.at(-1)
        ?.tags.push(`tag ${chats.get(nativeId).threads.at(-1)?.tags.length}`)
      return
    case 'edit':
    case 'preview':
      // No version of LiveChat can change a message.
      return
  }
}

/** Whether the customer wrote it, and it is still there: then they may delete it. */
function isOwn(chats: LiveChatSandbox['chats'], chatId: string, eventId: string): boolean {
  const events = chats.get(chatId).threads.flatMap((thread) => thread.events)
  const event = events.find(({ id }) => id === eventId)
  return event !== undefined && !event.deleted && event.authorId === chats.customerOf(chatId).id
}

function storedIn({ chats }: LiveChatSandbox, chatId: string): StoredMessage[] {
  const events = chats.get(chatId).threads.flatMap((thread) => thread.events)
  return events.map(({ id, createdAt, fields, deleted, visibility }) => ({
    id,
    micros: createdAt,
    text: deleted ? '' : String(fields['text'] ?? ''),
    isDeleted: deleted,
    visibility: visibility === 'all' ? 'EVERYONE' : 'AGENTS',
    // Nobody is told when an event was deleted.
    changedMicros: createdAt,
  }))
}

function stateIn({ chats }: LiveChatSandbox, chatId: string, view: MessageVisibility): string {
  const { users, threads } = chats.get(chatId)
  const thread = threads.at(-1)
  const isOpen = thread?.active === true
  const status = !isOpen ? 'CLOSED' : thread.queue ? 'QUEUED' : 'OPEN'
  const agents = users.filter(
    ({ id, type, present, visibility }) =>
      type === 'agent' && visibility === 'all' && (isOpen ? present : thread?.userIds.includes(id)),
  )
  return stateText({ status, agents, tags: view === 'AGENTS' ? (thread?.tags ?? []) : [] })
}
