import { startLiveChatSandbox } from '../../sandbox/livechat/index.ts'
import type { LiveChatConfig } from '../../src/config/index.ts'
import { encodeId } from '../../src/domain/ids.ts'
import { serveCommands } from '../shared/child.ts'
import { MessageWriter } from './message-writer.ts'
import type { Scenario } from './scenario.ts'
import { UpstreamTraffic } from './upstream-traffic.ts'

const NAME = 'livechat'

const sandbox = await startLiveChatSandbox({ seed: false })
const { chats, credentials, tokens } = sandbox
const traffic = new UpstreamTraffic(sandbox)
const chatIds: string[] = []
const writer = new MessageWriter((chat, text) => void chats.agentSends(chatIds[chat] ?? '', text))

const commands = {
  /** Starts a chat of each customer; returns them and the account of the gateway. */
  open: ({ rooms, push }: Scenario) => {
    const watched = Array.from({ length: rooms }, (_, index) => {
      const chat = chats.start({ customer: { name: `Customer ${index}` }, say: 'Where is my parcel?' })
      chatIds.push(chat.id)
      const id = encodeId({ type: 'Room', provider: NAME, roomId: chat.id })
      return { id, visitorToken: tokens.customerToken(chats.customerOf(chat.id).id) }
    })
    const { accountId, personalAccessToken: token, organizationId, login, apiKey } = credentials
    const account: LiveChatConfig = {
      name: NAME,
      kind: 'LIVECHAT',
      apiUrl: sandbox.url,
      accountsUrl: sandbox.url,
      helpdeskUrl: `${sandbox.url}/v1`,
      restUrl: sandbox.url,
      credential: { type: 'pat', accountId, token },
      classic: { login, apiKey },
      organizationId,
      offlineSource: 'rest_v1',
      timeZone: 'UTC',
      ...(push && { push: 'customers' }),
    }
    return { account, watched }
  },
  startMessages: () => writer.start(chatIds.length),
  stopMessages: () => writer.stop(),
  traffic: () => traffic.report(),
}
export type LiveChatCommands = typeof commands
serveCommands(commands)
