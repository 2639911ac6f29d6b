import { describe, expect, it } from 'vitest'
import type { LiveChatSandbox } from '../../../../sandbox/livechat/index.ts'
import type { LiveChatConfig } from '../../../../src/config/index.ts'
import { fetchData, sendOperation } from '../../../support/graphql-client.ts'
import { asOperator } from '../../../support/test-gateway.ts'
import { Health, Offline } from '../support/documents.ts'
import { type LiveChatGateway, openLiveChatGateway, withOAuth } from '../support/livechat-gateway.ts'

type Configure = (right: LiveChatConfig, sandbox: LiveChatSandbox) => LiveChatConfig

const WRONG = 'dal:a-wrong-secret'
const withWrongToken = (right: LiveChatConfig): LiveChatConfig => ({
  ...right,
  credential: { type: 'pat', accountId: 'd24fa41e-bc16-41b8-a15b-9ca45ff7e0cf', token: WRONG },
})
const withWrongRefresh: Configure = (right, sandbox) => {
  const app = withOAuth(right, sandbox)
  return { ...app, ...(app.oauth && { oauth: { ...app.oauth, refreshToken: WRONG } }) }
}
const withWrongKey = (right: LiveChatConfig): LiveChatConfig => ({
  ...right,
  classic: { login: sandboxLogin, apiKey: WRONG },
})
const sandboxLogin = 'agent@switchboard.test'
const from =
  (offlineSource: LiveChatConfig['offlineSource'], configure: Configure = (right) => right): Configure =>
  (right, sandbox) => ({ ...configure(right, sandbox), offlineSource })

const list = ({ url }: LiveChatGateway) => sendOperation(url, Offline, {}, asOperator)
const healthOf = async ({ url }: LiveChatGateway) => (await fetchData(url, Health, {})).providers[0]?.health
const credentialLines = ({ log }: LiveChatGateway) => log.filter(({ setting }) => setting !== undefined)

describe('a list of offline messages whose credential LiveChat rejects', () => {
  const token = 'accountId and token (LIVECHAT_ACCOUNT_ID and LIVECHAT_TOKEN in the environment)'
  const refresh = 'token and refreshToken (LIVECHAT_TOKEN and LIVECHAT_REFRESH_TOKEN in the environment)'
  const key = 'login and apiKey (LIVECHAT_LOGIN and LIVECHAT_API_KEY in the environment)'
  it.each([
    ['HelpDesk with a wrong token', from('helpdesk', withWrongToken), token],
    ['the archives with a wrong token', from('archives', withWrongToken), token],
    ['HelpDesk with an expired token that cannot be renewed', from('helpdesk', withWrongRefresh), refresh],
    [
      'the archives with an expired token that cannot be renewed',
      from('archives', withWrongRefresh),
      refresh,
    ],
    ['the classic list with a wrong key', from('rest_v1', withWrongKey), key],
  ] as const)(
    'names its setting once in the log, and as the reason why the provider is DOWN: %s',
    async (_, configure, setting) => {
      const gateway = await openLiveChatGateway({ configure })
      gateway.liveChat.tokens.expireAll()
      for (let asked = 0; asked < 3; asked += 1) {
        const { data, errors } = await list(gateway)
        expect(data?.offlineMessages.nodes).toEqual([])
        const errorCodes = errors?.map(({ extensions }) => [extensions?.['code'], extensions?.['provider']])
        expect([...new Set(errorCodes?.map(String))]).toEqual(['PROVIDER_ERROR,livechat'])
      }
      expect(credentialLines(gateway)).toMatchObject([{ level: 50, provider: 'livechat', setting }])
      expect(await healthOf(gateway)).toMatchObject({
        status: 'DOWN',
        reason: `LiveChat rejects ${setting}.`,
      })
      expect(JSON.stringify(gateway.log)).not.toContain(WRONG)
    },
  )

  it.each([
    ['helpdesk', '/v1/tickets', 1],
    ['archives', '/v3.6/agent/action/list_archives', 1],
    // The list and its count.
    ['rest_v1', '/offline_messages', 2],
  ] as const)(
    'is UP again as soon as the credential is accepted, and logged again when it is rejected (%s)',
    async (source, route, times) => {
      const gateway = await openLiveChatGateway({ configure: from(source) })
      const body = { error: { type: 'authentication', message: 'Invalid access token' } }
      for (let time = 1; time <= 2; time += 1) {
        gateway.liveChat.injectFault({ kind: 'answer', route, status: 401, body, times })
        expect((await list(gateway)).errors?.[0]).toMatchObject({ extensions: { code: 'PROVIDER_ERROR' } })
        expect(await healthOf(gateway)).toMatchObject({ status: 'DOWN' })
        expect((await list(gateway)).errors).toBeUndefined()
        expect(await healthOf(gateway)).toMatchObject({ status: 'UP', reason: null })
        expect(credentialLines(gateway)).toHaveLength(time)
      }
    },
  )
})
