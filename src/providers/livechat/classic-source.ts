import type { Call } from '../../chat/adapter.ts'
import type { Upstream } from '../../upstream/client.ts'
import type { AnswerReader } from '../answer-reader.ts'
import { oneByOne } from '../batch.ts'
import { createClassicClient } from './classic-client.ts'
import { ClassicRefusal, toChatError } from './classic-errors.ts'
import type { CredentialWatch } from './credential-watch.ts'
import { ClassicOfflineList, mapOfflineMessage } from './offline-list.ts'
import type { OfflineSource } from './offline-source.ts'

/** Which account, and through which door. */
export interface ClassicSourceOptions {
  readonly provider: string
  readonly upstream: Upstream
  readonly login: string
  readonly apiKey: string
  readonly timeZone: string
  readonly watch: CredentialWatch
  readonly reader: AnswerReader
}

/** What the configuration calls the classic API's credential. */
export const CLASSIC_SETTING = 'LIVECHAT_LOGIN and LIVECHAT_API_KEY'

/** The offline messages of the classic REST API, which takes none (docs/providers/livechat.md 1.1). */
export function createClassicSource(options: ClassicSourceOptions): OfflineSource {
  const { provider, upstream, login, apiKey, timeZone, watch, reader } = options
  const client = createClassicClient(upstream, { login, apiKey }, reader)
  const list = new ClassicOfflineList(client, provider, timeZone)
  const translate = (error: unknown, { log }: Call): never => {
    if (error instanceof ClassicRefusal && error.status === 401) watch.refuse(CLASSIC_SETTING, log)
    throw toChatError(error, provider)
  }
  return {
    get: (keys, call) =>
      oneByOne(keys, async (key) => {
        const item = await client.one(key, call).catch((error: unknown) => translate(error, call))
        return item && mapOfflineMessage(item, null, provider)
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
