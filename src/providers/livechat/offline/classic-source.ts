import type { CallContext } from '../../../domain/adapter.ts'
import type { UpstreamClient } from '../../../upstream/client.ts'
import { readEach } from '../../shared/batch.ts'
import type { ResponseReader } from '../../shared/response-reader.ts'
import type { CredentialHealth } from '../auth/credential-health.ts'
import { createClassicClient } from './classic-client.ts'
import { ClassicError, classicToChatError } from './classic-errors.ts'
import { ClassicOfflineList, mapClassicMessage } from './classic-list.ts'
import type { OfflineSource } from './offline-source.ts'

/** Which account, and through which door. */
export interface ClassicSourceOptions {
  readonly provider: string
  readonly upstream: UpstreamClient
  readonly login: string
  readonly apiKey: string
  readonly timeZone: string
  readonly credentialHealth: CredentialHealth
  readonly reader: ResponseReader
}

/** What the configuration calls the classic API's credential. */
export const CLASSIC_SETTING_NAMES = 'LIVECHAT_LOGIN and LIVECHAT_API_KEY'

/** The offline messages of the classic REST API, which takes none (docs/providers/livechat.md 1.1). */
export function createClassicSource(options: ClassicSourceOptions): OfflineSource {
  const { provider, upstream, login, apiKey, timeZone, credentialHealth: watch, reader } = options
  const client = createClassicClient(upstream, { login, apiKey }, reader)
  const list = new ClassicOfflineList(client, provider, timeZone)
  const translate = (error: unknown, { log }: CallContext): never => {
    if (error instanceof ClassicError && error.status === 401) watch.markRejected(CLASSIC_SETTING_NAMES, log)
    throw classicToChatError(error, provider)
  }
  return {
    get: (keys, call) =>
      readEach(keys, async (key) => {
        const item = await client.fetchMessage(key, call).catch((error: unknown) => translate(error, call))
        return item && mapClassicMessage(item, null, provider)
      }),
    async *list(query, resume, call) {
      try {
        yield* list.read(query, resume, call)
      } catch (error) {
        translate(error, call)
      }
    },
    count: (query, call) => list.count(query, call).catch((error: unknown) => translate(error, call)),
    send: null,
  }
}
