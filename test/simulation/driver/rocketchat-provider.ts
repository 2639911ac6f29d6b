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
  SimulatedProviderOptions,
  SimulatedRoom,
} from './simulated-provider.ts'

const PROVIDER = 'rocketchat'
const WEBHOOK_TOKEN = 'webhook-token-of-the-simulation'
const ROOMS = 2
/** Enough rooms for their polls to queue. */
const LIMITED_ROOMS = 6
/** Routes whose limit is not in the settings. */
const OWN_LIMITS = [
  'GET /api/v1/livechat/room',
  'POST /api/v1/livechat/visitor',
  'POST /api/v1/livechat/offline.message',
]
/** Errors of DDP methods and subscriptions (docs/providers/rocketchat.md 21). */
const DDP_ERRORS = [
  { error: 403, reason: "You've been logged out by the server. Please log in again." },
  { error: 'not-allowed', reason: 'Not allowed' },
  { error: 'too-many-requests', reason: 'Too many requests', details: { timeToReset: 200 } },
  { error: 500, reason: 'Internal server error' },
].map((error) => ({ isClientSafe: true, errorType: 'Meteor.Error', message: error.reason, ...error }))
/** Going away, a protocol error, and a service that restarts. */
const CLOSE_CODES = [1001, 1002, 1012]

/** Starts a Rocket.Chat with empty rooms, each of its own visitor, and a service account. `limit` may be that of a stock server. */
export async function startRocketChatProvider(
  clock: ProviderClock,
  {
    push,
    rooms: roomCount,
    limit,
  }: SimulatedProviderOptions & { readonly limit: CallLimit | 'default' | null },
): Promise<SimulatedProvider> {
  const sandbox = await startRocketChatSandbox({
    seed: false,
    now: clock.now,
    ...(limit && limiterOptions(limit)),
  })
  const { workspace, settings } = sandbox
  const agent = workspace.createAgent({ username: 'agent', name: 'Agent' })
  const count = roomCount ?? (limit ? LIMITED_ROOMS : ROOMS)
  const rooms = Array.from({ length: count }, (_, index) => openRoom(workspace, index))
  const quietRoom = openRoom(workspace, count).id
  const serviceAccount = workspace.serviceAccount()
  const newId = createIdSource()

  const act = (room: SimulatedRoom, action: ProviderAction): void => {
    const { nativeId: rid } = room
    const existing = 'id' in action ? workspace.message(action.id) : undefined
    switch (action.type) {
      case 'send':
        if (action.by === 'visitor') workspace.visitorSends(rid, action.text, { _id: newId() })
        else
          workspace.agentSends(rid, action.text, {
            _id: newId(),
            ...(action.by === 'bot' && { bot: { i: 'bot' } }),
          })
        return
      case 'send late': {
        const ts = new Date(clock.now() - action.byMs)
        workspace.agentSends(rid, action.text, { _id: newId(), ts })
        return
      }
      case 'edit':
        if (isLive(existing)) workspace.edit(action.id, action.text)
        return
      case 'preview':
        if (isLive(existing)) workspace.addLinkPreview(action.id)
        return
      case 'delete':
        settings.Message_ShowDeletedStatus = action.how === 'tombstone'
        settings.Message_KeepHistory = action.how === 'hidden'
        if (isLive(existing) && action.how === 'pruned') workspace.prune(action.id)
        else if (isLive(existing)) workspace.remove(action.id)
        return
      case 'close':
        if (workspace.room(rid).open) workspace.closeRoom(rid)
        return
      case 'change silently':
        changeSilently(workspace, rid, agent._id)
        return
      case 'add note':
      case 'reopen':
        // Rocket.Chat has no notes in livechat rooms, and never reopens one.
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
      ...(push && { push: true }),
    },
    server: sandbox,
    clock,
    rooms,
    quietRoom,
    viewsByRole: false,
    limit: limit === 'default' ? null : limit,
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
    push: {
      control: sandbox.push,
      errors: DDP_ERRORS,
      end: (pick) => sandbox.push.close(CLOSE_CODES[pick % CLOSE_CODES.length] ?? 1000),
    },
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

function limiterOptions(limit: CallLimit | 'default'): RocketChatSandboxOptions {
  if (limit === 'default') return { limiter: true }
  const { calls, windowMs } = limit
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
  const visitorToken = `simulation-visitor-${index}`
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

/** Takes a queued room, or puts a taken one on hold: the server writes no message about either. */
function changeSilently(workspace: WorkspaceControl, rid: string, agentId: string): void {
  const { open, servedBy, onHold } = workspace.room(rid)
  if (!open) return
  if (!servedBy) workspace.takeRoom(rid, agentId)
  else if (!onHold) workspace.holdRoom(rid)
}

/** Shows the visitor of a closed room nothing but that it is closed (docs/providers/rocketchat.md 4.1). */
function stateIn(workspace: WorkspaceControl, rid: string, view: MessageVisibility): string {
  const { open, servedBy, onHold, tags = [] } = workspace.room(rid)
  const status = !open ? 'CLOSED' : onHold ? 'ON_HOLD' : servedBy ? 'OPEN' : 'QUEUED'
  if (!open && view === 'EVERYONE') return stateText({ status, agents: [], tags: [] })
  return stateText({ status, agents: servedBy ? [servedBy] : [], tags })
}

function isLive(message: { readonly t?: string; readonly _hidden?: boolean } | undefined): boolean {
  return message !== undefined && message.t === undefined && message._hidden !== true
}

/** Creates ids that are not in the order of time, although nothing else orders messages of one millisecond. */
function createIdSource(): () => string {
  let number = 0
  return () => {
    number += 1
    return `${((number * 7919) % 1000).toString().padStart(3, '0')}-${number}`
  }
}
