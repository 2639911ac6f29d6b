import { OfflineMessageStore } from './classic/offline-message-store.ts'
import type { ClassicOptions } from './classic/routes.ts'
import { ChatControl } from './control/chat-control.ts'
import { createChatSimulation } from './control/simulated-activity.ts'
import { type TokenControl, tokenControl } from './control/token-control.ts'
import { FileStore } from './files/file-store.ts'
import { TicketStore } from './helpdesk/ticket-store.ts'
import { createShortIds } from './ids.ts'
import { startInterval } from './interval.ts'
import {
  DEFAULT_API_KEY,
  DEFAULT_LOGIN,
  FIXED_CREDENTIALS,
  type LiveChatCredentials,
  type LiveChatSandboxOptions,
} from './options.ts'
import { createRandom, pick } from './random.ts'
import { ALL_SCOPES } from './scopes.ts'
import { seedConfiguration } from './seed/configuration.ts'
import { offlineMessagePool, seedOfflineMessages } from './seed/offline-messages.ts'
import { seedChats } from './seed/seed-chats.ts'
import { seedTickets } from './seed/tickets.ts'
import { Licence } from './store/licence.ts'
import { defaultSwitches } from './switches.ts'
import { TokenStore } from './token-store.ts'
import type { Backend } from './v3/method.ts'
import { PageIds } from './v3/paging.ts'
import { WebhookRegistry } from './webhooks/registry.ts'

/** The state of one sandbox, apart from its HTTP server. */
export interface SandboxState {
  readonly credentials: LiveChatCredentials
  readonly backend: Backend
  readonly classic: Pick<ClassicOptions, 'timeZone' | 'now' | 'order' | 'errorForm'>
  readonly offlineMessages: OfflineMessageStore
  readonly tickets: TicketStore
  readonly chats: ChatControl
  readonly tokenControl: TokenControl
  /** Simulates activity until the returned function is called. */
  simulateActivity(): () => void
}

/** Creates a licence with its stores, with demo data unless `seed` is false. */
export function createSandboxState(options: LiveChatSandboxOptions): SandboxState {
  const { now = Date.now, timeZone = 'UTC', order = 'newest', errorForm = 'error' } = options
  const licence = new Licence(now)
  const credentials: LiveChatCredentials = {
    ...FIXED_CREDENTIALS,
    login: options.login ?? DEFAULT_LOGIN,
    apiKey: options.apiKey ?? DEFAULT_API_KEY,
    organizationId: licence.organizationId,
  }
  const tokens = new TokenStore(licence)
  const switches = { ...defaultSwitches(), ...options.switches }
  const webhooks = new WebhookRegistry(licence.newUuid)
  const backend: Backend = {
    licence,
    switches,
    tokens,
    pageIds: new PageIds(now),
    webhooks,
    files: new FileStore(licence),
  }
  const random = createRandom(20_260_102)
  const shortId = createShortIds(random)
  const offlineMessages = new OfflineMessageStore({ now, timeZone, newId: () => shortId('M') })
  const tickets = new TicketStore(licence)

  seedConfiguration(licence, credentials.login, credentials.accountId)
  issueOwnTokens(licence, tokens, credentials)
  if (options.seed ?? true) {
    for (const draft of seedOfflineMessages(now(), timeZone)) offlineMessages.add(draft)
    seedChats(backend, credentials.login)
    const teamIds = tickets.teams.map(({ ID }) => ID)
    for (const draft of seedTickets(now(), timeZone, teamIds)) tickets.add(draft)
  }
  const chats = new ChatControl(backend)
  return {
    credentials,
    backend,
    classic: { timeZone, now, order, errorForm },
    offlineMessages,
    tickets,
    chats,
    tokenControl: tokenControl(licence, tokens),
    simulateActivity: () => startActivity(options, { offlineMessages, chats, random }),
  }
}

function issueOwnTokens(licence: Licence, tokens: TokenStore, credentials: LiveChatCredentials): void {
  const agent = licence.agents.get(credentials.login)
  if (!agent) return
  const grant = { agent, scopes: ALL_SCOPES }
  tokens.issuePersonal(grant, credentials.personalAccessToken)
  tokens.issueAccess(grant, credentials.accessToken)
  tokens.issueRefresh(grant, credentials.refreshToken)
}

function startActivity(
  {
    startInterval: start = startInterval,
    livelyIntervalMs = 20_000,
    livelyChatIntervalMs = 3_000,
  }: LiveChatSandboxOptions,
  state: Pick<SandboxState, 'offlineMessages' | 'chats'> & { readonly random: () => number },
): () => void {
  const { offlineMessages, chats, random } = state
  const stops = [
    start(livelyIntervalMs, () => {
      const { id: _taken, ...draft } = pick(random, offlineMessagePool) ?? {
        visitorName: '',
        email: '',
        text: '',
      }
      offlineMessages.add(draft)
    }),
    start(livelyChatIntervalMs, createChatSimulation(chats, random)),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
