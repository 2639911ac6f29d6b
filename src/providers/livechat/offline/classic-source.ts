import type { CallContext } from '../../../domain/adapter.ts'
import type { UpstreamClient } from '../../../upstream/client.ts'
import { readEach } from '../../shared/batch.ts'
import type { ResponseReader } from '../../shared/response-reader.ts'
import type { CredentialHealth } from '../auth/credential-health.ts'
import { settingNames } from '../settings.ts'
import { createClassicClient } from './classic-client.ts'
import { ClassicError, mapClassicError } from './classic-errors.ts'
import { ClassicOfflineList, mapClassicMessage } from './classic-list.ts'
import type { OfflineSource } from './offline-source.ts'

export interface ClassicSourceOptions {
  readonly provider: string
  readonly upstream: UpstreamClient
  readonly login: string
  readonly apiKey: string
  readonly timeZone: string
  readonly credentialHealth: CredentialHealth
  readonly reader: ResponseReader
}

/** The settings that contain the classic API's credential. */
export const CLASSIC_SETTING_NAMES = settingNames('login', 'apiKey')

/** Creates the source that reads the classic REST API. It accepts no messages (docs/providers/livechat.md 1.1). */
export function createClassicSource(options: ClassicSourceOptions): OfflineSource {
  const { provider, upstream, login, apiKey, timeZone, credentialHealth, reader } = options
  const client = createClassicClient(upstream, { login, apiKey }, reader)
  const list = new ClassicOfflineList(client, provider, timeZone)
  const rethrow = (error: unknown, { log }: CallContext): never => {
    if (error instanceof ClassicError && error.status === 401) {
      credentialHealth.markRejected(CLASSIC_SETTING_NAMES, log)
    }
    throw mapClassicError(error, provider)
  }
  return {
    get: (keys, call) =>
      readEach(keys, async (key) => {
        const message = await client.fetchMessage(key, call).catch((error: unknown) => rethrow(error, call))
        return message && mapClassicMessage(message, null, provider)
      }),
    async *list(query, resumeToken, call) {
      try {
        yield* list.read(query, resumeToken, call)
      } catch (error) {
        rethrow(error, call)
      }
    },
    count: (query, call) => list.count(query, call).catch((error: unknown) => rethrow(error, call)),
    send: null,
  }
}
