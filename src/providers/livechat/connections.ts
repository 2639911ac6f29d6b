import type { CallContext } from '../../domain/adapter.ts'
import type { Caller } from '../../domain/caller.ts'
import type { ProviderHealth } from '../../domain/model.ts'
import { createUpstreamClient, type UpstreamClient, type UpstreamRequest } from '../../upstream/client.ts'
import type { AdapterDependencies } from '../definition.ts'
import { HealthTracker } from '../shared/health-tracker.ts'
import { ResponseReader } from '../shared/response-reader.ts'
import type { AccountTokens } from '../shared/visitor-token-owners.ts'
import { VisitorTokenVerification } from '../shared/visitor-token-verification.ts'
import { AccountDirectory } from './account-directory.ts'
import { AccountsClient } from './auth/accounts-client.ts'
import { AgentAuthorization } from './auth/authorization.ts'
import { CredentialHealth } from './auth/credential-health.ts'
import { createLiveChatClient, type LiveChatClient } from './client.ts'
import { Customers } from './customer/customers.ts'
import { ArchiveSource } from './offline/archive-source.ts'
import { CLASSIC_SETTING_NAMES, createClassicSource } from './offline/classic-source.ts'
import { createHelpDeskClient } from './offline/helpdesk-client.ts'
import { HelpDeskSource } from './offline/helpdesk-source.ts'
import type { OfflineSource } from './offline/offline-source.ts'
import { type RoomApi, roomApiFor } from './room-api.ts'
import type { LiveChatConfig } from './settings.ts'

/** Everything through which one licence is reached. */
export interface Connections {
  readonly client: LiveChatClient
  /** Null where no agent-side credential is configured. */
  readonly agent: AgentAuthorization | null
  readonly directory: AccountDirectory
  /** The least by which the clock of the chats' host is ahead of this one's, negative behind; 0 while near. */
  clockSkewMs(): number
  /** Null where no visitor can be made. */
  readonly customers: Customers | null
  /** Null where the configured source cannot be reached. */
  readonly offlineSource: OfflineSource | null
  readonly accountTokens: AccountTokens
  roomApiFor(call: CallContext): RoomApi
  /** Whether LiveChat has accepted this caller's token lately; true of callers without one. */
  isVerified(caller: Caller): boolean
  /** A refused credential is worse than what the last call told. */
  getHealth(): ProviderHealth
  /** Of the host whose background calls wait longest, in milliseconds. */
  backgroundDelayMs(): number
  close(): Promise<void>
}

/**
 * Whether LiveChat limits by method, token or licence is not published (docs/providers/livechat.md 6, 11): an
 * API that refuses one method is left alone as a whole. The other hosts are one API each.
 */
function apiOf({ route }: UpstreamRequest): string {
  return /^\/v3\.\d+\/(\w+)\//.exec(route)?.[1] ?? ''
}

/** Opens the doors to LiveChat's hosts: one each, none before its first call. */
export function createConnections(
  config: LiveChatConfig,
  { accountTokens, upstream: upstreamOptions }: AdapterDependencies,
): Connections {
  const { name: provider, credential, oauth = null, organizationId = null } = config
  const health = new HealthTracker()
  const watch = new CredentialHealth(provider)
  const reader = new ResponseReader(provider)
  const tokens = new VisitorTokenVerification()
  const doors: UpstreamClient[] = []
  const open = (url: string, setting: string | null = null): UpstreamClient => {
    const door = createUpstreamClient({
      ...upstreamOptions,
      url,
      rateLimitKeyOf: apiOf,
      onRequest: (report) => {
        health.observe(report)
        if (setting !== null && report.outcome === '200') watch.markAccepted(setting)
        upstreamOptions.onRequest?.(report)
      },
    })
    doors.push(door)
    return door
  }
  const accounts = new AccountsClient(open(config.accountsUrl))
  const agent = credential ? new AgentAuthorization(credential, oauth, accounts) : null
  const chats = open(config.apiUrl)
  const client = createLiveChatClient({
    upstream: chats,
    organizationId,
    credentialHealth: watch,
    reader,
    tokens,
  })
  const mints = agent && oauth && credential?.type === 'bearer' && organizationId !== null
  const visitors = mints
    ? new Customers({
        provider,
        client,
        accounts,
        agent,
        credentialHealth: watch,
        accountTokens,
        clientId: oauth.clientId,
      })
    : null
  const directory = new AccountDirectory({
    provider,
    client,
    agent,
    organizationId,
    customers: visitors,
    accountTokens,
  })
  const side = (call: CallContext) => roomApiFor(call, { provider, client, agent, accountTokens })
  return {
    client,
    agent,
    directory,
    isVerified: (caller) => tokens.isVerified(caller),
    clockSkewMs: () => farthest(doors.map((door) => door.clockSkewMs())),
    customers: visitors,
    accountTokens,
    offlineSource: offlineSource(config, {
      agent,
      watch,
      reader,
      directory,
      customers: visitors,
      open,
      roomApiFor: side,
    }),
    roomApiFor: side,
    getHealth() {
      const current = health.current()
      return watch.failureReason === null
        ? current
        : { ...current, status: 'DOWN', reason: watch.failureReason }
    },
    backgroundDelayMs: () => Math.max(...doors.map((door) => door.backgroundDelayMs())),
    async close() {
      await Promise.all(doors.map((door) => door.close()))
    },
  }
}

/** The configured source of offline messages, over a door of its own where it lies on another host. */
function offlineSource(
  config: LiveChatConfig,
  parts: Pick<Connections, 'agent' | 'directory' | 'customers' | 'roomApiFor'> & {
    readonly watch: CredentialHealth
    readonly reader: ResponseReader
    /** `setting` is the credential that every accepted call through this door shows to be right. */
    readonly open: (url: string, setting?: string) => UpstreamClient
  },
): OfflineSource | null {
  const { name: provider, timeZone, classic } = config
  const { agent, watch, reader, open } = parts
  if (config.offlineSource === 'rest_v1') {
    const upstream = open(config.restUrl, CLASSIC_SETTING_NAMES)
    if (!classic) return null
    return createClassicSource({
      provider,
      upstream,
      timeZone,
      credentialHealth: watch,
      reader,
      ...classic,
    })
  }
  if (agent === null) return null
  if (config.offlineSource === 'archives') return new ArchiveSource({ provider, timeZone, ...parts })
  return new HelpDeskSource(
    createHelpDeskClient(open(config.helpdeskUrl), agent, watch, reader),
    provider,
    timeZone,
  )
}

/** The hosts show one time; of one that was not asked, or whose answers say little, the offset is 0. */
function farthest(offsets: readonly number[]): number {
  return offsets.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0)
}
