import type { Call } from '../../chat/adapter.ts'
import type { Caller } from '../../chat/caller.ts'
import type { ProviderHealth } from '../../chat/model.ts'
import { createUpstream, type Upstream, type UpstreamRequest } from '../../upstream/client.ts'
import { AnswerReader } from '../answer-reader.ts'
import { HealthTracker } from '../health.ts'
import { type AccountTokens, tokensOfSoleAccount } from '../visitor-token-owners.ts'
import { VisitorTokens } from '../visitor-tokens.ts'
import { AccountsHost } from './accounts-host.ts'
import { ArchiveSource } from './archive-source.ts'
import { AgentAuthorization } from './authorization.ts'
import { CLASSIC_SETTING, createClassicSource } from './classic-source.ts'
import { CredentialWatch } from './credential-watch.ts'
import { Directory } from './directory.ts'
import { createHelpDeskClient } from './helpdesk-client.ts'
import type { OfflineSource } from './offline-source.ts'
import type { LiveChatOptions } from './options.ts'
import { type Side, sideOf } from './side.ts'
import { TicketSource } from './ticket-source.ts'
import { isLiveChatToken } from './token-form.ts'
import { createV3Client, type V3Client } from './v3-client.ts'
import { Visitors } from './visitors.ts'

/** Everything through which one licence is reached. */
export interface Connections {
  readonly client: V3Client
  /** Null where no agent-side credential is configured. */
  readonly agent: AgentAuthorization | null
  readonly directory: Directory
  /** The least by which the clock of the chats' host is ahead of this one's, negative behind; 0 while near. */
  clockAheadMs(): number
  /** Null where no visitor can be made. */
  readonly visitors: Visitors | null
  /** Null where the configured source cannot be reached. */
  readonly offline: OfflineSource | null
  readonly accountTokens: AccountTokens
  sideOf(call: Call): Side
  /** Whether LiveChat has accepted this caller's token lately; true of callers without one. */
  isProven(caller: Caller): boolean
  /** A refused credential is worse than what the last call told. */
  health(): ProviderHealth
  /** Of the host whose background calls wait longest, in milliseconds. */
  lagMs(): number
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
export function connect(options: LiveChatOptions): Connections {
  const { name: provider, organizationId, oauth } = options
  const accountTokens =
    options.accountTokens ?? tokensOfSoleAccount({ name: provider, isOwnForm: isLiveChatToken })
  const health = new HealthTracker()
  const watch = new CredentialWatch(provider)
  const reader = new AnswerReader(provider)
  const tokens = new VisitorTokens()
  const doors: Upstream[] = []
  const open = (url: string, setting: string | null = null): Upstream => {
    const door = createUpstream({
      url,
      timeoutMs: options.timeoutMs,
      limitOf: apiOf,
      ...(options.onBudget && { onBudget: options.onBudget }),
      onCall: (report) => {
        health.observe(report)
        if (setting !== null && report.outcome === '200') watch.accept(setting)
        options.onCall?.(report)
      },
    })
    doors.push(door)
    return door
  }
  const accounts = new AccountsHost(open(options.accountsUrl))
  const agent = options.credential && new AgentAuthorization(options.credential, oauth, accounts)
  const chats = open(options.apiUrl)
  const client = createV3Client({
    upstream: chats,
    organizationId,
    watch,
    reader,
    tokens,
  })
  const mints = agent && oauth && options.credential?.type === 'bearer' && organizationId !== null
  const visitors = mints
    ? new Visitors({ provider, client, accounts, agent, watch, accountTokens, clientId: oauth.clientId })
    : null
  const directory = new Directory({ provider, client, agent, organizationId, visitors, accountTokens })
  const side = (call: Call) => sideOf(call, { provider, client, agent, accountTokens })
  return {
    client,
    agent,
    directory,
    isProven: (caller) => tokens.isProven(caller),
    clockAheadMs: () => farthest(doors.map((door) => door.clockAheadMs())),
    visitors,
    accountTokens,
    offline: offlineSource(options, { agent, watch, reader, directory, visitors, open, sideOf: side }),
    sideOf: side,
    health() {
      const current = health.current()
      return watch.reason === null ? current : { ...current, status: 'DOWN', reason: watch.reason }
    },
    lagMs: () => Math.max(...doors.map((door) => door.lagMs())),
    async close() {
      await Promise.all(doors.map((door) => door.close()))
    },
  }
}

/** The configured source of offline messages, over a door of its own where it lies on another host. */
function offlineSource(
  options: LiveChatOptions,
  parts: Pick<Connections, 'agent' | 'directory' | 'visitors' | 'sideOf'> & {
    readonly watch: CredentialWatch
    readonly reader: AnswerReader
    /** `setting` is the credential that every accepted call through this door shows to be right. */
    readonly open: (url: string, setting?: string) => Upstream
  },
): OfflineSource | null {
  const { name: provider, timeZone, classic } = options
  const { agent, watch, reader, open } = parts
  if (options.offlineSource === 'rest_v1') {
    const upstream = open(options.restUrl, CLASSIC_SETTING)
    return classic && createClassicSource({ provider, upstream, timeZone, watch, reader, ...classic })
  }
  if (agent === null) return null
  if (options.offlineSource === 'archives') return new ArchiveSource({ provider, timeZone, ...parts })
  return new TicketSource(
    createHelpDeskClient(open(options.helpdeskUrl), agent, watch, reader),
    provider,
    timeZone,
  )
}

/** The hosts show one time; of one that was not asked, or whose answers say little, the offset is 0. */
function farthest(offsets: readonly number[]): number {
  return offsets.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0)
}
