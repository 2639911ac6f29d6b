import { enableLiveChatWebhooks } from '../../../sandbox/enable-webhooks.ts'
import {
  disconnectReasons,
  type LiveChatSandbox,
  loginErrors,
  startLiveChatSandbox,
} from '../../../sandbox/livechat/index.ts'
import { encodeId } from '../../../src/domain/ids.ts'
import type { MessageVisibility } from '../../../src/domain/model.ts'
import type { StoredMessage } from '../oracle/ledger.ts'
import { stateText } from '../oracle/room-states.ts'
import type {
  ProviderAction,
  ProviderClock,
  SimulatedProvider,
  SimulatedProviderOptions,
  SimulatedPush,
  SimulatedRoom,
} from './simulated-provider.ts'

const PROVIDER = 'livechat'
const WEBHOOK_SECRET = 'webhook-secret-of-the-simulation'
const ROOMS = 2

/** Starts a LiveChat with chats, each of its own customer, and a personal access token. */
export async function startLiveChatProvider(
  clock: ProviderClock,
  { push, rooms: roomCount = ROOMS }: SimulatedProviderOptions,
): Promise<SimulatedProvider> {
  const sandbox = await startLiveChatSandbox({ seed: false, now: clock.now })
  const { accountId, personalAccessToken, organizationId } = sandbox.credentials
  const rooms = Array.from({ length: roomCount }, () => openRoom(sandbox))
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
      ...(push && { push: 'on' }),
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
    push: pushOf(sandbox),
    sendWebhooksTo: (url) => enableLiveChatWebhooks(sandbox, url, WEBHOOK_SECRET),
    perform: (room, action) => act(sandbox, room, action),
    storedMessages: ({ nativeId }) => storedIn(sandbox, nativeId),
    stateOf: ({ nativeId }, view) => stateIn(sandbox, nativeId, view),
    revoke: ({ visitorToken }) => void sandbox.tokens.reject(visitorToken),
    revokeAccount: () => sandbox.tokens.reject(personalAccessToken),
    offlineList: {
      send: (text) => void sandbox.addTicket({ requester: { email: 'mail@visitor.test' }, text }),
      has: (text) =>
        sandbox.tickets.some(({ events }) => events.some(({ message }) => message.text.includes(text))),
    },
    close: () => sandbox.close(),
  }
}

function pushOf({ push: control, rtm }: LiveChatSandbox): SimulatedPush {
  return {
    control,
    errors: [...loginErrors.agent, ...loginErrors.customer],
    end(pick) {
      for (const side of ['agent', 'customer'] as const) {
        const reasons = disconnectReasons[side]
        const reason = reasons[pick % reasons.length]
        if (reason) rtm.disconnect(reason, { where: ({ path }) => path.includes(`/${side}/`) })
      }
    },
  }
}

function openRoom({ chats, tokens }: LiveChatSandbox): SimulatedRoom {
  const { id: nativeId } = chats.start()
  const visitorToken = tokens.customerToken(chats.customerOf(nativeId).id)
  return { nativeId, visitorToken, id: encodeId({ type: 'Room', provider: PROVIDER, roomId: nativeId }) }
}

function act({ chats }: LiveChatSandbox, { nativeId }: SimulatedRoom, action: ProviderAction): void {
  const isOpen = chats.get(nativeId).threads.at(-1)?.active === true
  switch (action.type) {
    case 'send':
    case 'send late':
    case 'add note':
      // A message in a closed chat opens its next thread.
      if (!isOpen) chats.resume(nativeId)
      if (action.type === 'add note') chats.agentNotes(nativeId, action.text)
      else if (action.type === 'send' && action.by !== 'visitor') chats.agentSends(nativeId, action.text)
      else chats.customerSends(nativeId, action.text)
      return
    case 'delete':
      if (isOwnEvent(chats, nativeId, action.id)) chats.customerDeletes(nativeId, action.id)
      return
    case 'close':
      if (isOpen) chats.close(nativeId, 'agent')
      return
    case 'reopen':
      if (!isOpen) chats.resume(nativeId)
      return
    case 'change silently':
      // Only agents see the tags of a thread.
      chats
        .get(nativeId)
        .threads.at(-1)
        ?.tags.push(`tag ${chats.get(nativeId).threads.at(-1)?.tags.length}`)
      return
    case 'edit':
    case 'preview':
      // No version of LiveChat can edit a message.
      return
  }
}

/** Whether the customer wrote the event and it still exists: then the customer may delete it. */
function isOwnEvent(chats: LiveChatSandbox['chats'], chatId: string, eventId: string): boolean {
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
    // LiveChat does not say when an event was deleted.
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
