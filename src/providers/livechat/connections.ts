import type { CallContext } from '../../domain/adapter.ts'
import type { Caller } from '../../domain/caller.ts'
import type { ProviderHealth } from '../../domain/model.ts'
import { createUpstreamClient, type UpstreamClient, type UpstreamRequest } from '../../upstream/client.ts'
import { createFileClient, type FileClient } from '../../upstream/file-client.ts'
import type { AdapterDependencies, UpstreamOptions } from '../definition.ts'
import { HealthTracker, type HealthTrackerOptions } from '../shared/health-tracker.ts'
import { createForOwnAgents } from '../shared/operator-agents.ts'
import { ResponseReader } from '../shared/response-reader.ts'
import type { AccountTokens } from '../shared/visitor-token-owners.ts'
import { VisitorTokenVerification } from '../shared/visitor-token-verification.ts'
import { AccountDirectory } from './account-directory.ts'
import { createActiveChatsReader } from './agent/active-chats.ts'
import { AgentDirectory } from './agent/agent-directory.ts'
import { createStatisticsReader, type ReadStatistics } from './agent/agent-statistics.ts'
import { AccountsClient } from './auth/accounts-client.ts'
import { AgentAuthorization, ownAgentAuthorization } from './auth/authorization.ts'
import { CredentialHealth } from './auth/credential-health.ts'
import { createLiveChatClient, type LiveChatClient } from './client.ts'
import { type CustomerServices, createCustomerServices } from './customer/customer-services.ts'
import type { Customers } from './customer/customers.ts'
import { PreChatForms } from './customer/pre-chat-forms.ts'
import { FileReader, isFileUrl } from './files/file-reader.ts'
import { ArchiveSource } from './offline/archive-source.ts'
import { CLASSIC_SETTING_NAMES, createClassicSource } from './offline/classic-source.ts'
import { createHelpDeskClient } from './offline/helpdesk-client.ts'
import { HelpDeskSource } from './offline/helpdesk-source.ts'
import type { OfflineSource } from './offline/offline-source.ts'
import { type RoomApi, roomApiFor } from './room-api.ts'
import type { LiveChatConfig } from './settings.ts'

/** The clients of one LiveChat account, and what is built from them. */
export interface Connections {
  readonly client: LiveChatClient
  /** The service account; null if none is configured. */
  readonly agent: AgentAuthorization | null
  readonly directory: AccountDirectory
  /** Null if no agent credential is configured. */
  readonly agents: AgentDirectory | null
  readonly readStatistics: ReadStatistics
  /** Null if the configured credential cannot create customers. */
  readonly customers: CustomerServices | null
  /** Null if the configured source has no credential. */
  readonly offlineSource: OfflineSource | null
  readonly forms: PreChatForms
  readonly accountTokens: AccountTokens
  readonly fileReader: FileReader
  roomApiFor(call: CallContext): RoomApi
  /** Whether LiveChat recently accepted this caller's token; true for callers without one. */
  isVerified(caller: Caller): boolean
  /** DOWN while a configured credential, except an operator's own agent, is rejected, whatever the last request's outcome. */
  getHealth(): ProviderHealth
  /** Lower bound of how far LiveChat's clock is ahead of this process's, negative if behind; 0 if unknown or close. */
  clockSkewMs(): number
  /** The longest delay of background requests over all hosts, in milliseconds. */
  backgroundDelayMs(): number
  close(): Promise<void>
}

/** Creates the connections of one account. A host is connected to on its first request. */
export function createConnections(
  config: LiveChatConfig,
  { accountTokens, agentCredentials, log, upstream: upstreamOptions }: AdapterDependencies,
): Connections {
  const { name: provider, credential, oauth = null, organizationId = null } = config
  const credentialHealth = new CredentialHealth(provider)
  const reader = new ResponseReader(provider)
  const tokens = new VisitorTokenVerification()
  const hosts = new HostClients({ provider, log, options: upstreamOptions, credentialHealth })
  const accounts = new AccountsClient(hosts.open(config.accountsUrl), reader)
  const agent = credential ? new AgentAuthorization(credential, oauth, accounts) : null
  const upstream = hosts.open(config.apiUrl)
  const ownAgentHealth = new CredentialHealth(provider, 'LiveChat rejects the agent of an operator')
  const client = createLiveChatClient({
    upstream,
    organizationId,
    credentialHealth,
    ownAgentHealth,
    reader,
    tokens,
  })
  const ownAgents = createForOwnAgents(agentCredentials, provider, ownAgentAuthorization)
  const canCreateCustomers = agent && oauth && credential?.type === 'bearer' && organizationId !== null
  const customers = canCreateCustomers
    ? createCustomerServices({ provider, client, accounts, agent, credentialHealth, accountTokens, oauth })
    : null
  const directory = new AccountDirectory({
    provider,
    client,
    agent,
    ownAgents,
    organizationId,
    accountTokens,
  })
  const apiFor = (call: CallContext) =>
    roomApiFor(call, { provider, client, agent, ownAgents, accountTokens })
  const readActiveChats = createActiveChatsReader(apiFor)
  const agents =
    agent &&
    new AgentDirectory({
      provider,
      client,
      agent,
      accounts: directory,
      roomApiFor: apiFor,
      readActiveChats,
    })
  const newCustomers = customers?.newCustomers ?? null
  const parts = {
    agent,
    credentialHealth,
    reader,
    directory,
    hosts,
    customers: newCustomers,
    roomApiFor: apiFor,
  }
  return {
    client,
    agent,
    directory,
    agents,
    readStatistics: createStatisticsReader({ provider, apiFor, agents, readActiveChats }),
    customers,
    offlineSource: createOfflineSource(config, parts),
    forms: new PreChatForms(client),
    accountTokens,
    fileReader: new FileReader(provider, hosts.openFiles(config.apiUrl), config.apiUrl),
    roomApiFor: apiFor,
    isVerified: (caller) => tokens.isVerified(caller),
    getHealth() {
      const current = hosts.health()
      const reason = credentialHealth.failureReason
      return reason === null ? current : { ...current, status: 'DOWN', reason, isCredentialRejected: true }
    },
    clockSkewMs: () => hosts.clockSkewMs(),
    backgroundDelayMs: () => hosts.backgroundDelayMs(),
    close: () => hosts.close(),
  }
}

interface HostClientsOptions extends Pick<HealthTrackerOptions, 'provider' | 'log'> {
  readonly options: UpstreamOptions
  readonly credentialHealth: CredentialHealth
}

/** Opens an HTTP client for each host of one account. */
class HostClients {
  readonly #account: Pick<HealthTrackerOptions, 'provider' | 'log'>
  readonly #options: UpstreamOptions
  readonly #credentialHealth: CredentialHealth
  readonly #clients: UpstreamClient[] = []
  readonly #fileClients: FileClient[] = []
  /** The health of the host that responded last, or failed to. */
  #latestHealth: HealthTracker | null = null

  constructor({ options, credentialHealth, ...account }: HostClientsOptions) {
    this.#account = account
    this.#options = options
    this.#credentialHealth = credentialHealth
  }

  /** `settingName` is the credential that every successful request to this host proves to be valid. */
  open(url: string, settingName: string | null = null): UpstreamClient {
    const health = new HealthTracker({ ...this.#account, vendor: 'LiveChat', url })
    const client = createUpstreamClient({
      ...this.#options,
      url,
      rateLimitKeyOf: apiOf,
      onRequest: (report) => {
        health.observe(report)
        if (report.outcome !== 'aborted') this.#latestHealth = health
        if (settingName !== null && report.outcome === '200') {
          this.#credentialHealth.markAccepted(settingName)
        }
        this.#options.onRequest?.(report)
      },
    })
    this.#clients.push(client)
    return client
  }

  /** Opens the client for files, at LiveChat's own file hosts and the API's. */
  openFiles(apiUrl: string): FileClient {
    const client = createFileClient({
      timeoutMs: this.#options.timeoutMs,
      isAllowed: (url) => isFileUrl(url, apiUrl),
      traceCall: this.#options.traceCall,
      onRequest: (report) => this.#options.onRequest?.(report),
    })
    this.#fileClients.push(client)
    return client
  }

  /** Health as of the latest request to any host; UNKNOWN before the first. */
  health(): ProviderHealth {
    return this.#latestHealth?.current() ?? { status: 'UNKNOWN', checkedAt: null, reason: null }
  }

  /** The largest offset: all hosts show one time, and a host with too few responses reports 0. */
  clockSkewMs(): number {
    const offsets = this.#clients.map((client) => client.clockSkewMs())
    return offsets.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0)
  }

  backgroundDelayMs(): number {
    return Math.max(...this.#clients.map((client) => client.backgroundDelayMs()))
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients, ...this.#fileClients].map((client) => client.close()))
  }
}

/**
 * The key of a request's rate limit. LiveChat does not publish whether it limits by method, token or license
 * (docs/providers/livechat.md 6, 11.3), so a limit of one method counts for its whole API. The other hosts are one API
 * each.
 */
function apiOf({ route }: UpstreamRequest): string {
  return /^\/v3\.\d+\/(\w+)\//.exec(route)?.[1] ?? ''
}

/** Creates the configured source of offline messages, with its own client if it is on another host. */
function createOfflineSource(
  config: LiveChatConfig,
  parts: Pick<Connections, 'agent' | 'directory' | 'roomApiFor'> & {
    readonly customers: Customers | null
    readonly credentialHealth: CredentialHealth
    readonly reader: ResponseReader
    readonly hosts: HostClients
  },
): OfflineSource | null {
  const { name: provider, timeZone, classic } = config
  const { agent, credentialHealth, reader, hosts } = parts
  if (config.offlineSource === 'rest_v1') {
    const upstream = hosts.open(config.restUrl, CLASSIC_SETTING_NAMES)
    if (!classic) return null
    return createClassicSource({ provider, upstream, timeZone, credentialHealth, reader, ...classic })
  }
  if (agent === null) return null
  if (config.offlineSource === 'archives') return new ArchiveSource({ provider, timeZone, ...parts })
  const helpDesk = createHelpDeskClient(hosts.open(config.helpdeskUrl), agent, credentialHealth, reader)
  return new HelpDeskSource(helpDesk, provider, timeZone)
}
