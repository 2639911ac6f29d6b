import type { z } from 'zod'
import type { Call } from '../../chat/adapter.ts'
import type { Upstream, UpstreamResponse } from '../../upstream/client.ts'
import type { Answer } from '../../upstream/exchange.ts'
import type { AnswerReader } from '../answer-reader.ts'
import { parseJson } from '../json.ts'
import { requestOptions } from '../request-options.ts'
import type { TokenVerdict, VisitorTokens } from '../visitor-tokens.ts'
import type { Authorization } from './authorization.ts'
import type { CredentialWatch } from './credential-watch.ts'
import { isRefusedFor, type LiveChatApi, LiveChatRefusal } from './refusal.ts'

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
export interface V3Request<T> {
  readonly api: 'agent' | 'customer' | 'configuration'
  readonly action: string
  readonly body: unknown
  readonly answer: T
  /** Reads are shared between those who ask the same at once, and asked again where the connection broke. */
  readonly reads: boolean
}

/** Sends actions and gives the parsed answer; throws LiveChatRefusal, UnreadableAnswer or UpstreamError. */
export interface V3Client {
  send<T extends z.ZodType>(request: V3Request<T>, as: Authorization, call: Call): Promise<z.output<T>>
}

/** One licence behind a door. */
export interface V3ClientOptions {
  readonly upstream: Upstream
  /** Goes with customer-side calls. */
  readonly organizationId: string | null
  readonly watch: CredentialWatch
  readonly reader: AnswerReader
  /** What LiveChat has said of visitors' tokens. */
  readonly tokens: VisitorTokens
}

/** Speaks the v3 APIs over one account's door. */
export function createV3Client(options: V3ClientOptions): V3Client {
  const { upstream, organizationId, watch, reader, tokens } = options
  // Where LiveChat said that the licence lies: one hint serves every later call.
  let learnedRegion: string | null = null
  let agedTold = false

  const withToken = (token: string, api: LiveChatApi, call: Call) => ({
    ...requestOptions(call, tokens.requestCaller(token, call)),
    onAnswer: (answer: Answer) => tokens.learn(token, answer.status, () => verdictOf(api, answer)),
  })

  const post = (request: V3Request<unknown>, as: Authorization, call: Call) => {
    const { api, action, body, reads } = request
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
      reads,
      ...(as.visitorToken === null ? requestOptions(call) : withToken(as.visitorToken, api, call)),
      ...(most !== undefined && { answerBytes: most }),
    })
  }

  const tellOfAge = ({ headers }: UpstreamResponse, call: Call) => {
    const ends = headers['deprecation'] ?? headers['legacy']
    if (ends === undefined || agedTold) return
    agedTold = true
    call.log.warn({ version: VERSION, ends }, 'LiveChat says that this version of its API comes to its end')
  }

  /** Sends once more after the region was corrected, and once more after the token was renewed. */
  const persist = async (request: V3Request<unknown>, as: Authorization, call: Call) => {
    let moved = false
    let renewed = false
    for (;;) {
      const used = as.header
      const response = await post(request, as, call)
      tellOfAge(response, call)
      if (response.status < 400) {
        for (const setting of settingsOf(request, as)) watch.accept(setting)
        return response
      }
      const refusal = new LiveChatRefusal(request.api, response)
      if (isRefusedFor(refusal, 'misdirected_request') && refusal.region !== null && !moved) {
        moved = true
        learnedRegion = refusal.region
        continue
      }
      if (isRefusedFor(refusal, 'authentication') && !renewed && (await as.renew(used, call))) {
        renewed = true
        continue
      }
      if (isRefusedFor(refusal, 'authentication') && as.setting !== null) watch.refuse(as.setting, call.log)
      if (isRefusedFor(refusal, 'license_not_found')) watch.refuse(ORGANIZATION, call.log)
      throw refusal
    }
  }

  return {
    async send(request, as, call) {
      const response = await persist(request, as, call)
      // Methods without a result answer `{}` or nothing at all (docs/providers/livechat.md 3).
      const body = response.text.trim() === '' ? {} : parseJson(response.text)
      return reader.read(request.answer, body, `${request.api}/${request.action}`, call.log)
    },
  }
}

function verdictOf(api: LiveChatApi, answer: Answer): TokenVerdict {
  if (answer.status < 400) return 'accepted'
  const refusal = new LiveChatRefusal(api, { ...answer, retryAfterMs: null })
  return isRefusedFor(refusal, 'authentication') ? refusal : null
}

/** The settings that an accepted call shows to be right. */
function settingsOf({ api }: V3Request<unknown>, { setting }: Authorization): readonly string[] {
  return [...(setting === null ? [] : [setting]), ...(api === 'customer' ? [ORGANIZATION] : [])]
}
