import { randomBytes } from 'node:crypto'
import { createWebhookSecrets, enableLiveChatWebhooks, enableRocketChatWebhooks } from './enable-webhooks.ts'
import { type GraphiqlTab, graphiqlTabs } from './graphiql-tabs.ts'
import { startLiveChatSandbox } from './livechat/index.ts'
import { startRocketChatSandbox } from './rocketchat/index.ts'

/** The two emulated providers, and what the gateway and its users need to try them. */
export interface OpenSandbox {
  /** Their configuration. */
  readonly providers: readonly [
    {
      readonly name: 'rocketchat'
      readonly kind: 'ROCKET_CHAT'
      readonly url: string
      readonly serviceAccount: { readonly userId: string; readonly authToken: string }
      readonly webhookToken: string
      readonly push: true
    },
    {
      readonly name: 'livechat'
      readonly kind: 'LIVECHAT'
      readonly apiUrl: string
      readonly accountsUrl: string
      readonly helpdeskUrl: string
      readonly restUrl: string
      readonly credential: { readonly type: 'bearer'; readonly token: string }
      readonly organizationId: string
      readonly oauth: {
        readonly clientId: string
        readonly clientSecret: string
        readonly refreshToken: string
      }
      readonly classic: { readonly login: string; readonly apiKey: string }
      readonly offlineSource: 'rest_v1'
      readonly timeZone: string
      readonly webhookSecret: string
      readonly push: 'on'
    },
  ]
  /** The operator of this run. */
  readonly operator: { readonly name: string; readonly key: string }
  /**
   * The tabs that GraphiQL opens with. `idOf` returns the global id of a room; the key is shown where the operator
   * above is configured.
   */
  exampleTabs(idOf: (provider: string, roomId: string) => string, showKey: boolean): readonly GraphiqlTab[]
  /** The printed guide: addresses, keys and commands to paste. */
  guide(gatewayUrl: string, idOf: (provider: string, roomId: string) => string, showKey: boolean): string
  /** Makes both providers send webhooks to a gateway that has their configuration. */
  sendWebhooks(gatewayUrl: string): Promise<void>
  close(): Promise<void>
}

/** Starts both sandbox providers, with simulated messages and offline messages. */
export async function openSandbox(): Promise<OpenSandbox> {
  const [rocketChat, liveChat] = await Promise.all([
    startRocketChatSandbox({ lively: true }),
    startLiveChatSandbox({ lively: true }),
  ])
  const { serviceAccount } = rocketChat.demo
  // It can take rooms once it accepts chats. Until then no new room is routed to it, because nobody may be there to answer.
  rocketChat.workspace.addRole(serviceAccount.userId, 'livechat-agent')
  const operator = { name: 'sandbox', key: randomBytes(18).toString('base64url') }
  const { login, apiKey, accessToken, organizationId, clientId, clientSecret, refreshToken } =
    liveChat.credentials
  const secrets = createWebhookSecrets()
  const [visitor] = rocketChat.demo.visitors
  const keyFor = (isConfigured: boolean) => (isConfigured ? operator.key : '<your operator key>')
  return {
    providers: [
      {
        name: 'rocketchat',
        kind: 'ROCKET_CHAT',
        url: rocketChat.url,
        serviceAccount,
        webhookToken: secrets.rocketChat,
        push: true,
      },
      {
        name: 'livechat',
        kind: 'LIVECHAT',
        apiUrl: liveChat.url,
        accountsUrl: liveChat.url,
        helpdeskUrl: `${liveChat.url}/v1`,
        restUrl: liveChat.url,
        credential: { type: 'bearer', token: accessToken },
        organizationId,
        oauth: { clientId, clientSecret, refreshToken },
        classic: { login, apiKey },
        offlineSource: 'rest_v1',
        timeZone: 'UTC',
        webhookSecret: secrets.liveChat,
        push: 'on',
      },
    ],
    operator,
    exampleTabs: (idOf, showKey) =>
      graphiqlTabs({
        operatorKey: keyFor(showKey),
        visitor,
        roomId: idOf('rocketchat', visitor?.roomId ?? ''),
      }),
    guide: (url, idOf, showKey) =>
      guide({
        url,
        key: keyFor(showKey),
        visitor,
        roomId: idOf('rocketchat', visitor?.roomId ?? ''),
      }),
    sendWebhooks: (gatewayUrl) => {
      const webhookUrl = (name: string) => new URL(`/webhooks/${name}`, gatewayUrl).href
      enableRocketChatWebhooks(rocketChat, webhookUrl('rocketchat'), secrets.rocketChat)
      return enableLiveChatWebhooks(liveChat, webhookUrl('livechat'), secrets.liveChat)
    },
    close: async () => {
      await Promise.all([rocketChat.close(), liveChat.close()])
    },
  }
}

interface DemoVisitor {
  readonly token: string
  readonly roomId: string
  readonly name: string
}

const INBOX_QUERY =
  '{ rooms(first: 5, filter: { status: [OPEN, QUEUED] }) { nodes { id provider { name } status visitor { name } lastMessage { text } } } }'

function roomQuery(visitor: DemoVisitor | undefined): string {
  return `{ roomByNativeId(provider: "rocketchat", nativeId: "${visitor?.roomId}") { id status messages(last: 5) { nodes { text createdAt author { name role } } } } }`
}

function guide(input: {
  readonly url: string
  readonly key: string
  readonly visitor: DemoVisitor | undefined
  /** Of the visitor's room, at the gateway. */
  readonly roomId: string
}): string {
  const { url, key, visitor, roomId } = input
  const asOperator = `authorization: Bearer ${key}`
  const curl = (header: string, query: string) =>
    `  curl -s ${url} -H 'content-type: application/json' -H '${header}' \\\n    -d '${JSON.stringify({ query })}'`
  return `
No provider is configured, so both are emulated, with simulated conversations and offline messages.
The operator key and all conversations are new with each start. Press Ctrl+C to stop.

Console:       ${new URL('/', url).href}
Chat widget:   ${new URL('/widget/', url).href}
GraphiQL:      ${url}
Operator key:  ${key}

The inbox, as an operator:
${curl(asOperator, INBOX_QUERY)}

Offline messages, as an operator:
${curl(asOperator, '{ offlineMessages(first: 5) { totalCount nodes { name email text receivedOn } } }')}

One room, as ${visitor?.name}, its visitor:
${curl(`x-visitor-token: ${visitor?.token}`, roomQuery(visitor))}

Live events of that room (server-sent events):
  curl -sN ${url} -H 'accept: text/event-stream' -H 'content-type: application/json' -H 'x-visitor-token: ${visitor?.token}' \\
    -d '${JSON.stringify({ query: 'subscription($id: ID!) { roomEvents(roomId: $id) { __typename ... on MessageAddedEvent { message { text author { name } } } } }', variables: { id: roomId } })}'
`
}
