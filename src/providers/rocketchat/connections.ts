import type { CallContext } from '../../domain/adapter.ts'
import type { Caller } from '../../domain/caller.ts'
import { ChatError } from '../../domain/errors.ts'
import type { ProviderHealth } from '../../domain/model.ts'
import { createUpstreamClient, type UpstreamRequestReport } from '../../upstream/client.ts'
import { createFileClient } from '../../upstream/file-client.ts'
import type { AdapterDependencies } from '../definition.ts'
import { CREDENTIAL_NEEDED } from '../shared/errors.ts'
import { HealthTracker } from '../shared/health-tracker.ts'
import { authorOf } from '../shared/operator-agents.ts'
import { ResponseReader } from '../shared/response-reader.ts'
import { VisitorTokenVerification } from '../shared/visitor-token-verification.ts'
import { type AgentApi, agentRoomApi, createAgentApi } from './agent/agent-api.ts'
import { createAgentClient } from './agent/agent-client.ts'
import { createRocketChatClient, type RocketChatClient } from './client.ts'
import { DepartmentAvailability } from './department-availability.ts'
import type { FileApi } from './files/file-api.ts'
import { FileReader } from './files/file-reader.ts'
import { toFileUrl } from './files/file-url.ts'
import { createPush, type RocketChatPush } from './push/create-push.ts'
import type { RoomApi } from './room-api.ts'
import { isFromAnotherServer, SERVER_INFO, serverInfo } from './server-info.ts'
import type { RocketChatConfig } from './settings.ts'
import {
  createPublicConfigReader,
  createPublicDepartments,
  type DepartmentDirectory,
  type ReadPublicConfig,
} from './visitor/public-departments.ts'
import { createVisitorApi, type VisitorApi, VisitorRoomApi } from './visitor/visitor-api.ts'
import { VisitorFiles } from './visitor/visitor-files.ts'

/** The clients of one server. */
export interface Connections {
  readonly client: RocketChatClient
  readonly visitor: VisitorApi
  /** Null without a service account. */
  readonly agent: AgentApi | null
  readonly readPublicConfig: ReadPublicConfig
  readonly fileReader: FileReader
  readonly availability: DepartmentAvailability
  /** Null where the configuration switches it off. */
  readonly push: RocketChatPush | null
  departmentsFor(caller: Caller): DepartmentDirectory
  /** Throws UNAUTHENTICATED for a caller without a token or an operator key, as `fileApiFor` does. */
  roomApiFor(call: CallContext): RoomApi
  fileApiFor(call: CallContext): FileApi
  /** The author of a caller's writes, for ids that the server recognizes (`operator-agents.ts`). */
  authorOf(call: CallContext): string
  /** Throws UNAUTHENTICATED for a caller that is no visitor. */
  visitorRoomApiFor(call: CallContext): VisitorRoomApi
  /** Whether the server has recently accepted this caller's token; true for callers without a token. */
  isVerified(caller: Caller): boolean
  /**
   * A rejected service account makes the server DOWN, whatever the last response was. Push that fails is a reason only: polls
   * replace it.
   */
  getHealth(call: CallContext): Promise<ProviderHealth>
  clockSkewMs(): number
  backgroundDelayMs(): number
  close(): Promise<void>
}

/** Creates the clients of one server. They share one HTTP client and its rate limits. */
export function createConnections(
  { name, url, serviceAccount, push: hasPush }: RocketChatConfig,
  { accountTokens, agentCredentials, log, pushSocketOptions, upstream: upstreamOptions }: AdapterDependencies,
): Connections {
  const health = new HealthTracker({ provider: name, vendor: 'Rocket.Chat', url, log })
  const onRequest = (report: UpstreamRequestReport) => {
    health.observe(report)
    upstreamOptions.onRequest?.(report)
  }
  const upstream = createUpstreamClient({ ...upstreamOptions, url, onRequest })
  const files = createFileClient({
    timeoutMs: upstreamOptions.timeoutMs,
    isAllowed: ({ href }) => toFileUrl(href, url) !== null,
    traceCall: upstreamOptions.traceCall,
    ...(upstreamOptions.onRequest && { onRequest: upstreamOptions.onRequest }),
  })
  const reader = new ResponseReader(name)
  const tokens = new VisitorTokenVerification()
  const origin = { provider: name, url }
  const client = createRocketChatClient(upstream, reader, { tokens })
  const visitor = createVisitorApi(client, origin)
  const agent = serviceAccount
    ? createAgentApi(
        createAgentClient(upstream, { serviceAccount, agentCredentials }, name, { reader, tokens }),
        origin,
        visitor,
      )
    : null
  const push = hasPush
    ? createPush({
        origin,
        serviceAccount: serviceAccount ?? null,
        agent,
        agentCredentials,
        accountTokens,
        tokens,
        log,
        socketOptions: pushSocketOptions,
      })
    : null
  const readPublicConfig = createPublicConfigReader(client)
  const availability = new DepartmentAvailability({
    client,
    readPublicConfig,
    agents: agent?.directory ?? null,
  })
  const publicDepartments = createPublicDepartments(readPublicConfig, name)
  const noCredential = () => new ChatError('UNAUTHENTICATED', CREDENTIAL_NEEDED, { provider: name })
  const visitorRoomApiFor = (call: CallContext) => {
    const { caller } = call
    if (caller.role !== 'VISITOR') throw noCredential()
    return new VisitorRoomApi(visitor, { token: caller.token, call, accountTokens })
  }
  return {
    client,
    visitor,
    agent,
    readPublicConfig,
    fileReader: new FileReader({
      provider: name,
      files,
      serviceAccount: serviceAccount ?? null,
      accountTokens,
    }),
    availability,
    push,
    departmentsFor: ({ role }) => (agent && role === 'OPERATOR' ? agent.departments : publicDepartments),
    visitorRoomApiFor,
    roomApiFor(call) {
      const { caller } = call
      if (caller.role !== 'OPERATOR') return visitorRoomApiFor(call)
      if (agent) return agentRoomApi(agent, call)
      throw noCredential()
    },
    fileApiFor({ caller }) {
      if (caller.role === 'VISITOR') {
        return new VisitorFiles(client, visitor.rooms, name, { token: caller.token, accountTokens })
      }
      if (caller.role === 'OPERATOR' && agent) return agent.files
      throw noCredential()
    },
    authorOf: (call) => authorOf(call, agentCredentials),
    isVerified: (caller) => tokens.isVerified(caller),
    async getHealth(call) {
      if (health.current().status === 'UNKNOWN') {
        await client.send(SERVER_INFO, serverInfo, call).catch((error: unknown) => {
          if (isFromAnotherServer(error)) health.markForeign()
        })
      }
      const current = health.current()
      const reason = agent?.rejectionReason() ?? null
      if (reason !== null) return { ...current, status: 'DOWN', reason, isCredentialRejected: true }
      const pushReason = push?.downReason() ?? null
      return pushReason === null || current.reason !== null
        ? current
        : { ...current, reason: `The gateway polls instead of push: ${pushReason}` }
    },
    clockSkewMs: () => upstream.clockSkewMs(),
    backgroundDelayMs: () => upstream.backgroundDelayMs(),
    async close() {
      push?.close()
      await Promise.all([upstream.close(), files.close()])
    },
  }
}
