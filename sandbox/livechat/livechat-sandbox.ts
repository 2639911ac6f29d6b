import type { SentFile } from '../multipart.ts'
import type { PushControl } from '../push-server.ts'
import { startWireServer, type WireRequest, type WireResponse, type WireServer } from '../wire-server.ts'
import { accountsRoutes } from './accounts/routes.ts'
import { agentRoutes } from './agent/routes.ts'
import { ClassicError, renderClassicError } from './classic/errors.ts'
import type { OfflineMessageDraft, StoredOfflineMessage } from './classic/offline-message.ts'
import { classicRoutes } from './classic/routes.ts'
import { configurationRoutes } from './configuration/routes.ts'
import type { ChatControl } from './control/chat-control.ts'
import type { TokenControl } from './control/token-control.ts'
import { customerRoutes } from './customer/routes.ts'
import { fileRoutes } from './files/routes.ts'
import { helpDeskRoutes } from './helpdesk/routes.ts'
import type { Team, Ticket, TicketDraft } from './helpdesk/ticket-store.ts'
import type { LiveChatCredentials, LiveChatSandboxOptions } from './options.ts'
import { type RtmControl, startRtmServer } from './rtm/rtm-server.ts'
import { createSandboxState } from './sandbox-state.ts'
import type { LiveChatSwitches } from './switches.ts'
import { unknownMethod } from './v3/method.ts'
import { type LiveChatWebhooks, startWebhooks } from './webhooks/sender.ts'

/** A running LiveChat emulator: its HTTP API at `url`, and controls of its state. */
export interface LiveChatSandbox extends WireServer {
  readonly credentials: LiveChatCredentials
  /** Switches that a test can change while the sandbox runs. */
  readonly switches: LiveChatSwitches
  /** Every stored offline message of the classic API with its internal time of arrival, oldest first. */
  readonly offlineMessages: readonly StoredOfflineMessage[]
  /** Sends an offline message as a visitor would. */
  addOfflineMessage(draft: OfflineMessageDraft): StoredOfflineMessage
  /** Removes one; false if there is none by that id. */
  removeOfflineMessage(id: string): boolean
  /** Stores a file and returns its address, for an event. */
  storeFile(file: Omit<SentFile, 'field'>): string
  /** The conversations of the v3 APIs. */
  readonly chats: ChatControl
  readonly webhooks: LiveChatWebhooks
  /** The RTM connections, their frames and their faults. */
  readonly push: PushControl
  readonly rtm: RtmControl
  /** The tickets of HelpDesk, oldest first. */
  readonly tickets: readonly Ticket[]
  /** Its teams; the first is the default one. */
  readonly teams: readonly Team[]
  addTicket(draft: TicketDraft): Ticket
  readonly tokens: TokenControl
  /** Invalidates every page id issued so far, as they are after a month. */
  expirePageIds(): void
}

/** Starts a LiveChat emulator on 127.0.0.1 (docs/providers/livechat.md 10). Rejects only when the port is taken. */
export async function startLiveChatSandbox(options: LiveChatSandboxOptions = {}): Promise<LiveChatSandbox> {
  const state = createSandboxState(options)
  const { backend, classic, credentials, offlineMessages, tickets } = state
  const { switches, tokens } = backend
  const rtmServer = startRtmServer(backend, options.startTimeout)
  const server = await startWireServer({
    upgrade: (request, socket, head) => rtmServer.upgrade(request, socket, head),
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.now && { now: options.now }),
    routes: [
      ...classicRoutes({ ...classic, ...credentials, store: offlineMessages }),
      ...agentRoutes(backend),
      ...customerRoutes(backend),
      ...configurationRoutes(backend),
      ...fileRoutes(backend),
      ...accountsRoutes({ ...credentials, licence: backend.licence, tokens }),
      ...helpDeskRoutes({ store: tickets, tokens, switches }),
    ],
    notFound: (request: WireRequest): WireResponse =>
      request.path.startsWith('/v3.')
        ? unknownMethod(request, backend)
        : renderClassicError(new ClassicError(404, 'resource', 'Resource not found'), classic.errorForm),
  })
  backend.files.serveAt(server.url)
  const webhooks = startWebhooks(backend, backend.webhooks)
  const stopActivity = options.lively ? state.simulateActivity() : undefined

  return {
    ...server,
    credentials,
    switches,
    get offlineMessages() {
      return offlineMessages.all
    },
    addOfflineMessage: (draft) => offlineMessages.add(draft),
    removeOfflineMessage: (id) => offlineMessages.remove(id),
    storeFile: (file) => backend.files.add({ ...file, field: 'file' }),
    chats: state.chats,
    webhooks,
    push: rtmServer.control,
    rtm: rtmServer.rtm,
    get tickets() {
      return tickets.all
    },
    teams: tickets.teams,
    addTicket: (draft) => tickets.add(draft),
    tokens: state.tokenControl,
    expirePageIds: () => backend.pageIds.expire(),
    close: async () => {
      stopActivity?.()
      webhooks.close()
      rtmServer.close()
      await server.close()
    },
  }
}
