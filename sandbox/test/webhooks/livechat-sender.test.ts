import { describe, expect, it, onTestFinished } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import { openWebhookReceiver, type WebhookReceiver } from './receiver.ts'

const OWNER = 'client-of-the-test'
const actions = ['incoming_chat', 'incoming_event', 'event_deleted', 'chat_deactivated', 'thread_tagged']

describe('a sandbox LiveChat', () => {
  it('sends what is registered once webhooks are switched on, with the secret in the body', async () => {
    const receiver = await openWebhookReceiver()
    const sandbox = await openSandbox()
    const ids = await registerAll(sandbox, receiver)
    const silent = sandbox.chats.start({ say: 'unheard' })
    await configure(sandbox, 'enable_license_webhooks', { owner_client_id: OWNER })
    const chat = sandbox.chats.start({ customer: { name: 'Cleo' }, say: 'Hello' })
    const event = chat.threads[0]?.events[0]
    await receiver.waitForCount(2)
    sandbox.chats.customerDeletes(chat.id, event?.id ?? '')
    await receiver.waitForCount(3)
    sandbox.chats.close(chat.id, 'agent')
    const hooks = await receiver.waitForCount(5)
    const place = { chat_id: chat.id, thread_id: chat.threads[0]?.id }
    const payloads = Object.fromEntries(
      hooks.slice(0, 3).map(({ action, payload }) => [String(action), payload]),
    )
    expect(payloads).toMatchObject({
      incoming_chat: { chat: { id: chat.id, thread: { events: [{ text: 'Hello' }] } } },
      incoming_event: { ...place, event: { id: event?.id, text: 'Hello' } },
      event_deleted: { ...place, event_id: event?.id },
    })
    expect(
      hooks
        .slice(3)
        .map(({ action }) => action)
        .sort(),
    ).toEqual(['chat_deactivated', 'incoming_event'])
    for (const hook of hooks) {
      expect(hook).toMatchObject({
        secret_key: 'the-secret',
        organization_id: sandbox.credentials.organizationId,
      })
      expect(ids).toContain(hook['webhook_id'])
    }
    expect(JSON.stringify(hooks)).not.toContain(silent.id)
  })

  it('tells of a transfer to a group, with the place in its queue', async () => {
    const receiver = await openWebhookReceiver()
    const sandbox = await openSandbox()
    for (const action of ['chat_transferred', 'chat_access_updated']) {
      await register(sandbox, receiver, { action, secret_key: 'the-secret' })
    }
    await configure(sandbox, 'enable_license_webhooks', { owner_client_id: OWNER })
    for (const { id } of sandbox.chats.agents) sandbox.chats.setRoutingStatus(id, 'not_accepting_chats')
    const { id } = sandbox.chats.start()
    sandbox.chats.transfer(id, { groupId: 3 })
    const hooks = await receiver.waitForCount(2)
    const payloads = Object.fromEntries(hooks.map(({ action, payload }) => [String(action), payload]))
    expect(payloads).toMatchObject({
      chat_access_updated: { id, access: { group_ids: [3] } },
      chat_transferred: {
        chat_id: id,
        reason: 'manual',
        transferred_to: { group_ids: [3], agent_ids: [] },
        queue: { position: 1 },
      },
    })
  })

  it('tells no more once they are switched off, or the webhook is taken back', async () => {
    const receiver = await openWebhookReceiver()
    const sandbox = await openSandbox()
    const first = await register(sandbox, receiver, { action: 'incoming_event', secret_key: 'first' })
    await register(sandbox, receiver, { action: 'incoming_event', secret_key: 'second' })
    await configure(sandbox, 'enable_license_webhooks', { owner_client_id: OWNER })
    const { id } = sandbox.chats.start({ say: 'both' })
    const both = await receiver.waitForCount(2)
    expect(both.map(({ secret_key }) => secret_key).sort()).toEqual(['first', 'second'])
    await configure(sandbox, 'unregister_webhook', { id: first, owner_client_id: OWNER })
    sandbox.chats.customerSends(id, 'one')
    expect((await receiver.waitForCount(3))[2]).toMatchObject({ secret_key: 'second' })
    await configure(sandbox, 'disable_license_webhooks', { owner_client_id: OWNER })
    sandbox.chats.customerSends(id, 'none')
    await configure(sandbox, 'enable_license_webhooks', { owner_client_id: OWNER })
    sandbox.chats.customerSends(id, 'last')
    expect((await receiver.waitForCount(4))[3]).toMatchObject({ payload: { event: { text: 'last' } } })
  })

  it('keeps three of an action for a client at most, and lists them without their secrets', async () => {
    const receiver = await openWebhookReceiver()
    const sandbox = await openSandbox()
    for (const _ of [1, 2, 3]) await register(sandbox, receiver, { action: 'incoming_event' })
    const fourth = { ...wanted(receiver), action: 'incoming_event' }
    expect(await configure(sandbox, 'register_webhook', fourth)).toMatchObject({
      status: 422,
      body: { error: { type: 'limit_reached' } },
    })
    const { body } = await configure(sandbox, 'list_webhooks', { owner_client_id: OWNER })
    expect(body).toHaveLength(3)
    expect(JSON.stringify(body)).not.toContain('the-secret')
    const { body: state } = await configure(sandbox, 'get_license_webhooks_state', { owner_client_id: OWNER })
    expect(state).toEqual({ license_webhooks_enabled: false })
  })

  it('refuses addresses that are too long, unknown actions, and tokens without the scope', async () => {
    const receiver = await openWebhookReceiver()
    const sandbox = await openSandbox()
    const long = { ...wanted(receiver), url: `${receiver.webhookUrl}?${'x'.repeat(500)}` }
    expect((await configure(sandbox, 'register_webhook', long)).status).toBe(400)
    const typing = { ...wanted(receiver), action: 'incoming_typing_indicator' }
    expect((await configure(sandbox, 'register_webhook', typing)).status).toBe(400)
    const token = sandbox.tokens.accessToken({ scopes: ['chats--all:rw'] })
    const answer = await configure(sandbox, 'register_webhook', wanted(receiver), token)
    expect(answer).toMatchObject({ status: 403, body: { error: { type: 'authorization' } } })
  })

  it('obeys a filter by author, and adds what was asked for', async () => {
    const receiver = await openWebhookReceiver()
    const sandbox = await openSandbox()
    await register(sandbox, receiver, {
      filters: { author_type: 'agent' },
      additional_data: ['chat_properties', 'chat_presence_user_ids'],
    })
    await configure(sandbox, 'enable_license_webhooks', { owner_client_id: OWNER })
    const { id } = sandbox.chats.start({ say: 'by the customer' })
    sandbox.chats.agentSends(id, 'by the agent')
    const [hook] = await receiver.waitForCount(1)
    expect(hook).toMatchObject({
      payload: { event: { text: 'by the agent' } },
      additional_data: { chat_properties: {}, chat_presence_user_ids: expect.any(Array) },
    })
  })

  it.for([204, 404, 500])('answered %i, tries again three times', async (status) => {
    const receiver = await openWebhookReceiver(status)
    const sandbox = await openSandbox()
    sandbox.switches.webhookRetries = { retries: 3, delayMs: 5 }
    await register(sandbox, receiver, {})
    await configure(sandbox, 'enable_license_webhooks', { owner_client_id: OWNER })
    const last = new Promise((resolve) => {
      sandbox.webhooks.intercept((webhook) => void webhook.deliver().then(resolve))
    })
    sandbox.chats.start({ say: 'heard?' })
    expect(await last).toBe(status)
    expect(receiver.calls).toHaveLength(4)
  })
})

async function openSandbox(): Promise<LiveChatSandbox> {
  const sandbox = await startLiveChatSandbox({ seed: false })
  onTestFinished(() => sandbox.close())
  return sandbox
}

async function registerAll(sandbox: LiveChatSandbox, receiver: WebhookReceiver): Promise<string[]> {
  const ids: string[] = []
  for (const action of actions) ids.push(await register(sandbox, receiver, { action }))
  return ids
}

async function register(sandbox: LiveChatSandbox, receiver: WebhookReceiver, input: object): Promise<string> {
  const { body } = await configure(sandbox, 'register_webhook', { ...wanted(receiver), ...input })
  return (body as { id: string }).id
}

function wanted({ webhookUrl: hook }: WebhookReceiver) {
  return {
    action: 'incoming_event',
    url: hook,
    secret_key: 'the-secret',
    type: 'license',
    owner_client_id: OWNER,
  }
}

async function configure(
  { url, credentials }: LiveChatSandbox,
  action: string,
  input: object,
  token: string = credentials.accessToken,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${url}/v3.6/configuration/action/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(input),
  })
  return { status: response.status, body: await response.json() }
}
