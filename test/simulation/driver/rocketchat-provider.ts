import { enableRocketChatWebhooks } from '../../../sandbox/enable-webhooks.ts'
import {
  type RocketChatSandboxOptions,
  startRocketChatSandbox,
  type WorkspaceControl,
} from '../../../sandbox/rocketchat/index.ts'
import { encodeId } from '../../../src/domain/ids.ts'
import type { MessageVisibility } from '../../../src/domain/model.ts'
import type { StoredMessage } from '../oracle/ledger.ts'
import { stateText } from '../oracle/room-states.ts'
import type {
  CallLimit,
  ProviderAction,
  ProviderClock,
  SimulatedProvider,
  SimulatedRoom,
} from './simulated-provider.ts'

const PROVIDER = 'rocketchat'
const WEBHOOK_TOKEN = 'webhook-token-of-histories'
const ROOMS = 2
/** So many that looks at them wait for one another. */
const LIMITED_ROOMS = 6
/** Routes whose limit is not the one of the settings. */
const OWN_LIMITS = [
  'GET /api/v1/livechat/room',
  'POST /api/v1/livechat/visitor',
  'POST /api/v1/livechat/offline.message',
]

/** A Rocket.Chat with empty rooms, each of a visitor of its own, and a service account. */
export async function startRocketChatProvider(
  clock: ProviderClock,
  limit: CallLimit | null,
): Promise<SimulatedProvider> {
  const sandbox = await startRocketChatSandbox({ seed: false, now: clock.now, ...(limit && limiting(limit)) })
  const { workspace, settings } = sandbox
  const agent = workspace.createAgent({ username: 'agent', name: 'Agent' })
  const count = limit ? LIMITED_ROOMS : ROOMS
  const rooms = Array.from({ length: count }, (_, index) => openRoom(workspace, index))
  const quietRoom = openRoom(workspace, count).id
  const serviceAccount = workspace.serviceAccount()
  const newId = namer()

  const act = (room: SimulatedRoom, deed: ProviderAction): void => {
    const { nativeId: rid } = room
    const there = 'id' in deed ? workspace.message(deed.id) : undefined
    switch (deed.do) {
      case 'say':
        if (deed.by === 'visitor') workspace.visitorSends(rid, deed.text, { _id: newId() })
        else
          workspace.agentSends(rid, deed.text, {
            _id: newId(),
            ...(deed.by === 'bot' && { bot: { i: 'bot' } }),
          })
        return
      case 'say late': {
        const ts = new Date(clock.now() - deed.byMs)
        workspace.agentSends(rid, deed.text, { _id: newId(), ts })
        return
      }
      case 'edit':
        if (isLive(there)) workspace.edit(deed.id, deed.text)
        return
      case 'preview':
        if (isLive(there)) workspace.addLinkPreview(deed.id)
        return
      case 'delete':
        settings.Message_ShowDeletedStatus = deed.how === 'marked'
        settings.Message_KeepHistory = deed.how === 'hidden'
        if (isLive(there) && deed.how === 'pruned') workspace.prune(deed.id)
        else if (isLive(there)) workspace.remove(deed.id)
        return
      case 'close':
        if (workspace.room(rid).open) workspace.closeRoom(rid)
        return
      case 'change quietly':
        changeQuietly(workspace, rid, agent._id)
        return
      case 'note':
      case 'reopen':
        // Rocket.Chat has no notes in livechat rooms, and never opens one again.
        return
    }
  }
  return {
    provider: PROVIDER,
    config: {
      name: PROVIDER,
      kind: 'ROCKET_CHAT',
      url: sandbox.url,
      serviceAccount,
      webhookToken: WEBHOOK_TOKEN,
    },
    server: sandbox,
    clock,
    rooms,
    quietRoom,
    viewsByRole: false,
    limit,
    rateLimitFault: {
      kind: 'answer',
      status: 429,
      body: {
        success: false,
        error:
          'Error, too many requests. Please slow down. You must wait 1 seconds before trying this endpoint again. [error-too-many-requests]',
      },
    },
    webhooks: sandbox.webhooks,
    sendWebhooksTo: async (url) => enableRocketChatWebhooks(sandbox, url, WEBHOOK_TOKEN),
    perform: act,
    storedMessages: ({ nativeId }) => storedIn(workspace, nativeId),
    stateOf: ({ nativeId }, view) => stateIn(workspace, nativeId, view),
    revoke: ({ visitorToken }) => sandbox.revokeToken(visitorToken),
    revokeAccount: () => {
      const { authToken, userId } = serviceAccount
      workspace.setLogin(authToken, null)
      return () => workspace.setLogin(authToken, userId)
    },
    offlineList: null,
    close: () => sandbox.close(),
  }
}

function limiting({ calls, windowMs }: CallLimit): RocketChatSandboxOptions {
  return {
    limiter: true,
    limits: Object.fromEntries(OWN_LIMITS.map((route) => [route, { calls, windowMs }])),
    settings: {
      API_Enable_Rate_Limiter_Limit_Calls_Default: calls,
      API_Enable_Rate_Limiter_Limit_Time_Default: windowMs,
    },
  }
}

function openRoom(workspace: WorkspaceControl, index: number): SimulatedRoom {
  const visitorToken = `history-visitor-${index}`
  workspace.createVisitor({ token: visitorToken })
  const { _id: nativeId } = workspace.openRoom({ token: visitorToken, agentId: null })
  return { nativeId, visitorToken, id: encodeId({ type: 'Room', provider: PROVIDER, roomId: nativeId }) }
}

function storedIn(workspace: WorkspaceControl, rid: string): StoredMessage[] {
  return workspace.messages(rid).flatMap(({ _id, ts, msg, t, _hidden, editedAt }) => {
    if (_hidden) return []
    const micros = ts.getTime() * 1000
    const changedMicros = Math.max(micros, (editedAt?.getTime() ?? 0) * 1000)
    const isDeleted = t === 'rm'
    return { id: _id, micros, text: isDeleted ? '' : msg, isDeleted, visibility: 'EVERYONE', changedMicros }
  })
}

/** A queued room is taken, then put on hold: this server writes no message of either. */
function changeQuietly(workspace: WorkspaceControl, rid: string, agentId: string): void {
  const { open, servedBy, onHold } = workspace.room(rid)
  if (!open) return
  if (!servedBy) workspace.takeRoom(rid, agentId)
  else if (!onHold) workspace.holdRoom(rid)
}

/** A closed room shows its visitor nothing but that it is closed (docs/providers/rocketchat.md 4.1). */
function stateIn(workspace: WorkspaceControl, rid: string, view: MessageVisibility): string {
  const { open, servedBy, onHold, tags = [] } = workspace.room(rid)
  const status = !open ? 'CLOSED' : onHold ? 'ON_HOLD' : servedBy ? 'OPEN' : 'QUEUED'
  if (!open && view === 'EVERYONE') return stateText({ status, agents: [], tags: [] })
  return stateText({ status, agents: servedBy ? [servedBy] : [], tags })
}

function isLive(message: { readonly t?: string; readonly _hidden?: boolean } | undefined): boolean {
  return message !== undefined && message.t === undefined && message._hidden !== true
}

/** Ids that are not in the order of time: within a millisecond nothing else tells it. */
function namer(): () => string {
  let number = 0
  return () => {
    number += 1
    return `${((number * 7919) % 1000).toString().padStart(3, '0')}-${number}`
  }
}
