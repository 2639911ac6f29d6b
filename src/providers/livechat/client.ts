import type { z } from 'zod'
import type { CallContext } from '../../domain/adapter.ts'
import type { UpstreamClient, UpstreamResponse } from '../../upstream/client.ts'
import type { HttpResponse } from '../../upstream/http-transport.ts'
import { parseJson } from '../shared/json.ts'
import { toRequestOptions } from '../shared/request-options.ts'
import type { ResponseReader } from '../shared/response-reader.ts'
import type { TokenCheckResult, VisitorTokenVerification } from '../shared/visitor-token-verification.ts'
import { hasErrorType, type LiveChatApi, LiveChatError } from './api-error.ts'
import type { Authorization } from './auth/authorization.ts'
import type { CredentialHealth } from './auth/credential-health.ts'

const VERSION = 'v3.6'
const ORGANIZATION = 'LIVECHAT_ORGANIZATION_ID'

const MIB = 1024 * 1024
/**
 * The longest answers in bytes, where they may hold more than 2 MiB: texts of 16 KB
 * (docs/providers/livechat.md 3.5), whole threads.
 */
const answerBytes = new Map([
  ['list_chats', 4 * MIB],
  ['get_chat', 8 * MIB],
  ['list_threads', 8 * MIB],
  ['list_archives', 8 * MIB],
])

/** One v3 action (docs/providers/livechat.md 3, 4): `POST /v3.6/<api>/action/<name>` with a JSON body. */
export interface LiveChatRequest<T> {
  readonly api: 'agent' | 'customer' | 'configuration'
  readonly action: string
  readonly body: unknown
  readonly response: T
  /** Reads are shared between those who ask the same at once, and asked again where the connection broke. */
  readonly isReadOnly: boolean
}

/** Sends actions and gives the parsed answer; throws LiveChatRefusal, UnreadableAnswer or UpstreamError. */
export interface LiveChatClient {
  send<T extends z.ZodType>(
    request: LiveChatRequest<T>,
    as: Authorization,
    call: CallContext,
  ): Promise<z.output<T>>
}

/** One licence behind a door. */
export interface LiveChatClientOptions {
  readonly upstream: UpstreamClient
  /** Goes with customer-side calls. */
  readonly organizationId: string | null
  readonly credentialHealth: CredentialHealth
  readonly reader: ResponseReader
  /** What LiveChat has said of visitors' tokens. */
  readonly tokens: VisitorTokenVerification
}

/** Speaks the v3 APIs over one account's door. */
export function createLiveChatClient(options: LiveChatClientOptions): LiveChatClient {
  const { upstream, organizationId, credentialHealth: watch, reader, tokens } = options
  // Where LiveChat said that the licence lies: one hint serves every later call.
  let learnedRegion: string | null = null
  let agedTold = false

  const withToken = (token: string, api: LiveChatApi, call: CallContext) => ({
    ...toRequestOptions(call, tokens.requestCaller(token, call)),
    onResponse: (answer: HttpResponse) =>
      tokens.recordResponse(token, answer.status, () => verdictOf(api, answer)),
  })

  const post = (request: LiveChatRequest<unknown>, as: Authorization, call: CallContext) => {
    const { api, action, body, isReadOnly: reads } = request
    const route = `/${VERSION}/${api}/action/${action}`
    const search = new URLSearchParams({ organization_id: organizationId ?? '' })
    const region = learnedRegion ?? as.region
    const headers = { authorization: as.header, ...(region === null ? {} : { 'x-region': region }) }
    const path = api === 'customer' ? `${route}?${search}` : route
    const most = answerBytes.get(action)
    return upstream.send({
      method: 'POST',
      route,
      path,
      headers,
      body,
      isReadOnly: reads,
      ...(as.customerToken === null ? toRequestOptions(call) : withToken(as.customerToken, api, call)),
      ...(most !== undefined && { maxResponseBytes: most }),
    })
  }

  const tellOfAge = ({ headers }: UpstreamResponse, call: CallContext) => {
    const ends = headers['deprecation'] ?? headers['legacy']
    if (ends === undefined || agedTold) return
    agedTold = true
    call.log.warn({ version: VERSION, ends }, 'LiveChat says that this version of its API comes to its end')
  }

  /** Sends once more after the region was corrected, and once more after the token was renewed. */
  const persist = async (request: LiveChatRequest<unknown>, as: Authorization, call: CallContext) => {
    let moved = false
    let renewed = false
    for (;;) {
      const used = as.header
      const response = await post(request, as, call)
      tellOfAge(response, call)
      if (response.status < 400) {
        for (const setting of settingsOf(request, as)) watch.markAccepted(setting)
        return response
      }
      const refusal = new LiveChatError(request.api, response)
      if (hasErrorType(refusal, 'misdirected_request') && refusal.region !== null && !moved) {
        moved = true
        learnedRegion = refusal.region
        continue
      }
      if (hasErrorType(refusal, 'authentication') && !renewed && (await as.renew(used, call))) {
        renewed = true
        continue
      }
      if (hasErrorType(refusal, 'authentication') && as.settingName !== null)
        watch.markRejected(as.settingName, call.log)
      if (hasErrorType(refusal, 'license_not_found')) watch.markRejected(ORGANIZATION, call.log)
      throw refusal
    }
  }

  return {
    async send(request, as, call) {
      const response = await persist(request, as, call)
      // Methods without a result answer `{}` or nothing at all (docs/providers/livechat.md 3).
      const body = response.text.trim() === '' ? {} : parseJson(response.text)
      return reader.read(request.response, body, `${request.api}/${request.action}`, call.log)
    },
  }
}

function verdictOf(api: LiveChatApi, answer: HttpResponse): TokenCheckResult {
  if (answer.status < 400) return 'accepted'
  const refusal = new LiveChatError(api, { ...answer, retryAfterMs: null })
  return hasErrorType(refusal, 'authentication') ? refusal : null
}

/** The settings that an accepted call shows to be right. */
function settingsOf(
  { api }: LiveChatRequest<unknown>,
  { settingName: setting }: Authorization,
): readonly string[] {
  return [...(setting === null ? [] : [setting]), ...(api === 'customer' ? [ORGANIZATION] : [])]
}
