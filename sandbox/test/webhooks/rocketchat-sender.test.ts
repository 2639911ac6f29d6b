import { describe, expect, it, onTestFinished } from 'vitest'
import { waitUntil } from '../../../test/support/graphql-client.ts'
import {
  type ProfileName,
  type RocketChatSandbox,
  type RocketChatSandboxOptions,
  type Settings,
  startRocketChatSandbox,
} from '../../rocketchat/index.ts'
import { openWebhookReceiver, type WebhookReceiver } from './receiver.ts'

const everything: Partial<Settings> = {
  Livechat_webhook_on_agent_message: true,
  Livechat_webhook_on_chat_queued: true,
  Livechat_webhook_on_chat_taken: true,
  Livechat_webhook_on_close: true,
  Livechat_webhook_on_offline_msg: true,
  Livechat_webhook_on_start: true,
  Livechat_webhook_on_visitor_message: true,
}

describe('a sandbox Rocket.Chat', () => {
  it('sends nothing unless its settings say so', async () => {
    const receiver = await openWebhookReceiver()
    const { workspace, rid, settings } = await openServer(receiver, {})
    workspace.visitorSends(rid, 'unheard')
    workspace.closeRoom(rid)
    settings.Livechat_webhook_on_agent_message = true
    workspace.agentSends(rid, 'heard')
    expect(await receiver.waitForCount(1)).toMatchObject([{ type: 'Message', messages: [{ msg: 'heard' }] }])
  })

  it('tells of a conversation from its start to its end, with the secret in a header', async () => {
    const receiver = await openWebhookReceiver()
    const { workspace, agent } = await openServer(receiver, everything)
    const { token } = workspace.createVisitor({ name: 'Vera', email: 'vera@example.org' })
    receiver.clearCalls()
    const { _id } = workspace.openRoom({ token, agentId: agent._id })
    await receiver.waitForCount(2)
    workspace.visitorSends(_id, 'Hello', { _id: 'm1' })
    await receiver.waitForCount(3)
    workspace.edit('m1', 'Hello!')
    await receiver.waitForCount(4)
    workspace.remove('m1')
    workspace.closeRoom(_id, 'Bye')
    const hooks = await receiver.waitForCount(6)
    expect(
      hooks
        .map(({ type }) => type)
        .slice(0, 2)
        .sort(),
    ).toEqual(['LivechatSessionStart', 'LivechatSessionTaken'])
    expect(hooks.slice(2, 4)).toMatchObject([
      { type: 'Message', messages: [{ _id: 'm1', rid: _id, msg: 'Hello' }] },
      { type: 'Message', messages: [{ _id: 'm1', msg: 'Hello!', editedAt: expect.any(String) }] },
    ])
    const [message, session] = hooks
      .slice(4)
      .sort((a, b) => String(b['type']).localeCompare(String(a['type'])))
    expect(message).toMatchObject({ type: 'Message', messages: [{ msg: 'Bye', closingMessage: true }] })
    expect(session).toMatchObject({ type: 'LivechatSession', closedAt: expect.any(String), messages: [] })
    for (const hook of hooks) {
      expect(hook).toMatchObject({ _id, label: 'Vera', visitor: { token, name: 'Vera' } })
    }
    for (const { headers } of receiver.calls) expect(headers['x-rocketchat-livechat-token']).toBe('the-word')
  })

  it('tells of the queue, of offline messages, and sends no header without a secret', async () => {
    const receiver = await openWebhookReceiver()
    const { workspace, settings, url } = await openServer(receiver, everything)
    settings.Livechat_secret_token = ''
    receiver.clearCalls()
    const { token } = workspace.createVisitor({ name: 'Quinn' })
    workspace.openRoom({ token, agentId: null })
    const queued = await receiver.waitForCount(2)
    expect(queued.map(({ type }) => type).sort()).toEqual(['LivechatSessionQueued', 'LivechatSessionStart'])
    await fetch(`${url}/api/v1/livechat/offline.message`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Otto', email: 'otto@example.org', message: 'anybody?' }),
    })
    const offline = (await receiver.waitForCount(3))[2]
    expect(offline).toEqual({
      type: 'LivechatOfflineMessage',
      sentAt: expect.any(String),
      visitor: { name: 'Otto', email: 'otto@example.org' },
      message: 'anybody?',
    })
    for (const { headers } of receiver.calls)
      expect(headers).not.toHaveProperty('x-rocketchat-livechat-token')
  })

  it('tells of a room that is forwarded, with who served it before, and of one that is returned', async () => {
    const receiver = await openWebhookReceiver()
    const { workspace, settings, url } = await openServer(receiver, everything)
    settings.Livechat_webhook_on_forward = true
    const [from, to] = ['Fay From', 'Tom To'].map((name) => workspace.createAgent({ name }))
    const room = workspace.openRoom({ token: workspace.createVisitor().token, agentId: from?._id ?? '' })
    const opened = await receiver.waitForCount(2)
    expect(opened.map(({ type }) => type).sort()).toEqual(['LivechatSessionStart', 'LivechatSessionTaken'])
    const { userId, authToken } = workspace.serviceAccount()
    await fetch(`${url}/api/v1/livechat/room.forward`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-user-id': userId, 'x-auth-token': authToken },
      body: JSON.stringify({ roomId: room._id, userId: to?._id }),
    })
    const forwarded = (await receiver.waitForCount(4)).slice(2)
    expect(forwarded).toContainEqual(
      expect.objectContaining({
        type: 'LivechatSessionForwarded',
        servedBy: expect.objectContaining({ _id: to?._id }),
        oldServedBy: expect.objectContaining({ _id: from?._id }),
      }),
    )
    settings.Livechat_Routing_Method = 'Manual_Selection'
    workspace.returnRoom(room._id)
    expect((await receiver.waitForCount(5))[4]).toMatchObject({
      type: 'LivechatSessionQueued',
      _id: room._id,
    })
  })

  it.for<[profile: ProfileName, status: number, attempts: number]>([
    ['8.8', 503, 5],
    ['8.8', 429, 5],
    ['8.8', 204, 1],
    ['8.8', 400, 1],
    ['6.13', 204, 10],
    ['6.13', 404, 10],
  ])('of release %s, answered %i, tries %i times', async ([profile, status, attempts]) => {
    const receiver = await openWebhookReceiver(status)
    const { workspace, rid, webhooks } = await openServer(receiver, everything, profile)
    receiver.clearCalls()
    const last = new Promise<number | null>((resolve) => {
      webhooks.intercept((webhook) => void webhook.deliver().then(resolve))
    })
    workspace.visitorSends(rid, 'heard?')
    expect(await last).toBe(status)
    expect(receiver.calls).toHaveLength(attempts)
  })

  it('gives up what waits when it closes', async () => {
    const receiver = await openWebhookReceiver(503)
    const server = await openServer(receiver, everything, '8.8', {})
    receiver.clearCalls()
    const last = new Promise((resolve) => {
      server.webhooks.intercept((webhook) => void webhook.deliver().then(resolve))
    })
    server.workspace.visitorSends(server.rid, 'heard?')
    await waitUntil(() => receiver.calls.some(({ status }) => status === 503))
    await server.close()
    // Null if it closed before the sender had read the response.
    expect([503, null]).toContain(await last)
    expect(receiver.calls).toHaveLength(1)
  })
})

async function openServer(
  receiver: WebhookReceiver,
  settings: Partial<Settings>,
  profile: ProfileName = '8.8',
  more: RocketChatSandboxOptions = { webhookRetryMs: 5 },
) {
  const sandbox: RocketChatSandbox = await startRocketChatSandbox({
    ...more,
    seed: false,
    profile,
    settings: {
      Livechat_webhookUrl: receiver.webhookUrl,
      Livechat_secret_token: 'the-word',
      ...settings,
    },
  })
  onTestFinished(() => sandbox.close())
  const { workspace } = sandbox
  sandbox.webhooks.intercept(() => {})
  const agent = workspace.createAgent({ name: 'Ada' })
  const { token } = workspace.createVisitor({ name: 'Rita' })
  const { _id: rid } = workspace.openRoom({ token, agentId: agent._id })
  sandbox.webhooks.intercept(null)
  return { ...sandbox, agent, rid }
}
