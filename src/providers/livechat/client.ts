import type { CallContext } from '../../domain/adapter.ts'
import { hashTokenOf } from '../../domain/caller.ts'
import type { UpstreamClient, UpstreamResponse } from '../../upstream/client.ts'
import type { HttpResponse } from '../../upstream/http-transport.ts'
import type { Upload } from '../../upstream/upload-body.ts'
import { toRequestOptions } from '../shared/request-options.ts'
import type { ResponseFormat } from '../shared/response-format.ts'
import type { ResponseReader } from '../shared/response-reader.ts'
import type { TokenCheckResult, VisitorTokenVerification } from '../shared/visitor-token-verification.ts'
import type { Authorization } from './auth/authorization.ts'
import type { CredentialHealth } from './auth/credential-health.ts'
import { hasErrorType, type LiveChatApi, LiveChatError } from './errors.ts'
import { settingNames } from './settings.ts'

const VERSION = 'v3.6'
const ORGANIZATION_SETTING = settingNames('organizationId')

const MIB = 1024 * 1024
/**
 * Response size limits in bytes for actions that may exceed the default of 2 MiB: they return whole threads, and
 * one text may have 16 KB (docs/providers/livechat.md 3.5).
 */
const maxResponseBytesByAction = new Map([
  ['list_chats', 4 * MIB],
  ['get_chat', 8 * MIB],
  ['list_threads', 8 * MIB],
  ['list_archives', 8 * MIB],
])

/** A v3 action (docs/providers/livechat.md 3, 4): `POST /v3.6/<api>/action/<name>` with a JSON body. */
export interface LiveChatRequest<T> {
  /** `POST` by default; `GET` for the few public actions, which have no body. */
  readonly method?: 'GET'
  readonly api: 'agent' | 'customer' | 'configuration'
  readonly action: string
  /** Further parameters of the address of a `GET`. */
  readonly query?: Readonly<Record<string, string>>
  readonly body: unknown
  /** Sent instead of `body`. It cannot be repeated. */
  readonly upload?: Upload
  readonly format: ResponseFormat<T>
  /** Concurrent identical reads share one request, and a read is retried after a broken connection. */
  readonly isReadOnly: boolean
}

/** Sends actions and returns parsed responses. Throws LiveChatError, UnreadableResponse or UpstreamError. */
export interface LiveChatClient {
  send<T>(request: LiveChatRequest<T>, authorization: Authorization, call: CallContext): Promise<T>
}

export interface LiveChatClientOptions {
  readonly upstream: UpstreamClient
  /** Sent with every request to the customer API. */
  readonly organizationId: string | null
  readonly credentialHealth: CredentialHealth
  /** Keeps apart which operators' own agents are rejected: the account works without them. */
  readonly ownAgentHealth: CredentialHealth
  readonly reader: ResponseReader
  /** Which visitors' tokens LiveChat has accepted or rejected. */
  readonly tokens: VisitorTokenVerification
}

/** Creates the client of one account's v3 APIs. */
export function createLiveChatClient(options: LiveChatClientOptions): LiveChatClient {
  const { upstream, organizationId, credentialHealth, ownAgentHealth, reader, tokens } = options
  // The region that LiveChat named in a misdirected_request error. It applies to all later requests.
  let learnedRegion: string | null = null
  let hasLoggedDeprecation = false

  const customerRequestOptions = (token: string, api: LiveChatApi, call: CallContext) => ({
    ...toRequestOptions(call, tokens.requestCaller(token, call)),
    onResponse: (response: HttpResponse) =>
      tokens.recordResponse(hashTokenOf(call.caller, token), response.status, () =>
        checkToken(api, response),
      ),
  })

  const post = (request: LiveChatRequest<unknown>, authorization: Authorization, call: CallContext) => {
    const { method = 'POST', api, action, query, body, upload, isReadOnly } = request
    const { header, customerToken } = authorization
    const route = `/${VERSION}/${api}/action/${action}`
    const search = new URLSearchParams({ organization_id: organizationId ?? '', ...query })
    const region = learnedRegion ?? authorization.region
    const maxResponseBytes = maxResponseBytesByAction.get(action)
    return upstream.send({
      method,
      route,
      path: api === 'customer' ? `${route}?${search}` : route,
      headers: {
        ...(header === null ? {} : { authorization: header }),
        ...(region === null ? {} : { 'x-region': region }),
      },
      ...(upload ? { upload } : { body }),
      isReadOnly,
      ...(customerToken === null ? toRequestOptions(call) : customerRequestOptions(customerToken, api, call)),
      ...(maxResponseBytes !== undefined && { maxResponseBytes }),
    })
  }

  const logDeprecation = ({ headers }: UpstreamResponse, call: CallContext) => {
    const ends = headers['deprecation'] ?? headers['legacy']
    if (ends === undefined || hasLoggedDeprecation) return
    hasLoggedDeprecation = true
    call.log.warn({ version: VERSION, ends }, 'LiveChat announces the end of this API version')
  }

  /** Retries once with a corrected region and once with a renewed token. */
  const postWithRetries = async (
    request: LiveChatRequest<unknown>,
    authorization: Authorization,
    call: CallContext,
  ) => {
    let hasChangedRegion = false
    let hasRenewedToken = false
    for (;;) {
      const usedHeader = authorization.header
      const response = await post(request, authorization, call)
      logDeprecation(response, call)
      if (response.status < 400) {
        const health = authorization.isOwnAgent ? ownAgentHealth : credentialHealth
        for (const setting of confirmedSettings(request, authorization)) health.markAccepted(setting)
        return response
      }
      const error = new LiveChatError(request.api, response)
      if (hasErrorType(error, 'misdirected_request') && error.region !== null && !hasChangedRegion) {
        hasChangedRegion = true
        learnedRegion = error.region
        if (request.upload) throw error
        continue
      }
      if (hasErrorType(error, 'authentication')) {
        if (!hasRenewedToken && (await authorization.renew(usedHeader, call))) {
          hasRenewedToken = true
          if (request.upload) throw error
          continue
        }
        const { settingName, isOwnAgent } = authorization
        if (isOwnAgent && settingName !== null) throw ownAgentHealth.rejectOwn(settingName, error, call.log)
        if (settingName !== null) credentialHealth.markRejected(settingName, call.log)
      }
      if (hasErrorType(error, 'license_not_found')) {
        credentialHealth.markRejected(ORGANIZATION_SETTING, call.log)
      }
      throw error
    }
  }

  return {
    async send(request, authorization, call) {
      const { body } = await postWithRetries(request, authorization, call)
      // Actions without a result respond with `{}` or an empty body (docs/providers/livechat.md 3).
      const toDocument = () => body.json ?? (body.text.trim() === '' ? {} : undefined)
      const source = `${request.api}/${request.action}`
      return reader.read(request.format, body, { source, log: call.log, toDocument })
    },
  }
}

function checkToken(api: LiveChatApi, response: HttpResponse): TokenCheckResult {
  if (response.status < 400) return 'accepted'
  const error = new LiveChatError(api, { ...response, retryAfterMs: null })
  return hasErrorType(error, 'authentication') ? error : null
}

/** The settings that a successful request proves to be valid. */
function confirmedSettings(
  { api }: LiveChatRequest<unknown>,
  { settingName }: Authorization,
): readonly string[] {
  return [
    ...(settingName === null ? [] : [settingName]),
    ...(api === 'customer' ? [ORGANIZATION_SETTING] : []),
  ]
}
