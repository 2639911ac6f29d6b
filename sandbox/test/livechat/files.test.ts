import { describe, expect, it, onTestFinished } from 'vitest'
import { type LiveChatSandboxOptions, startLiveChatSandbox } from '../../livechat/index.ts'
import { basic } from './classic-client.ts'

const PNG = new Blob(['0123456789'], { type: 'image/png' })

async function open(options: LiveChatSandboxOptions = {}) {
  const sandbox = await startLiveChatSandbox({ seed: false, ...options })
  onTestFinished(() => sandbox.close())
  const { accountId, personalAccessToken, organizationId } = sandbox.credentials
  const chat = sandbox.chats.start({ say: 'hello' })
  const customer = `Bearer ${sandbox.tokens.customerToken(sandbox.chats.customerOf(chat.id).id)}`
  const call = async (path: string, authorization: string, body: FormData | string) => {
    const type = typeof body === 'string' ? { 'content-type': 'application/json' } : {}
    const response = await fetch(`${sandbox.url}/v3.6/${path}`, {
      method: 'POST',
      headers: { authorization, ...type },
      body,
    })
    return { status: response.status, body: await response.json() }
  }
  const agent = basic(accountId, personalAccessToken)
  return {
    sandbox,
    chat,
    agent,
    customer,
    upload: (authorization: string, file: Blob | null, name = 'leak.png') => {
      const form = new FormData()
      if (file) form.append('file', file, name)
      const path =
        authorization === customer
          ? `customer/action/upload_file?organization_id=${organizationId}`
          : 'agent/action/upload_file'
      return call(path, authorization, form)
    },
    send: (url: string) =>
      call(
        'agent/action/send_event',
        agent,
        JSON.stringify({ chat_id: chat.id, event: { type: 'file', url } }),
      ),
  }
}

describe('upload_file', () => {
  it.each(['agent', 'customer'] as const)(
    'of the %s API answers with an address that needs no token',
    async (api) => {
      const opened = await open()
      const { status, body } = await opened.upload(opened[api], PNG)
      expect(status).toBe(200)
      expect(Object.keys(body)).toEqual(['url'])
      const file = await fetch(body.url)
      expect([file.status, file.headers.get('content-type'), await file.text()]).toEqual([
        200,
        'image/png',
        '0123456789',
      ])
      const part = await fetch(body.url, { headers: { range: 'bytes=0-1' } })
      expect([part.status, await part.text()]).toEqual([206, '01'])
    },
  )

  it('refuses an unknown token, no file, an executable and more than 10 MB', async () => {
    const { upload, agent } = await open()
    const refused = [
      await upload('Bearer nothing', PNG),
      await upload(agent, null),
      await upload(agent, PNG, 'setup.exe'),
      await upload(agent, new Blob([Buffer.alloc(10 * 1024 * 1024 + 1)])),
    ]
    expect(refused.map(({ status, body }) => [status, body.error.type])).toEqual([
      [401, 'authentication'],
      [400, 'validation'],
      [400, 'validation'],
      [413, 'entity_too_large'],
    ])
    expect(refused[3]?.body.error.message).toBe('Upload limit exceeded (10MB).')
  })
})

describe('an uploaded file', () => {
  it('is shown by an event with its name and type, and its size if it is an image', async () => {
    const { upload, send, agent, sandbox, chat } = await open()
    const image = await upload(agent, PNG)
    const document = await upload(agent, new Blob(['x'], { type: 'application/pdf' }), 'a.pdf')
    expect((await send(image.body.url)).status).toBe(200)
    await send(document.body.url)
    const [shown, second] = sandbox.chats.get(chat.id).threads.at(-1)?.events.slice(-2) ?? []
    expect(shown?.fields).toMatchObject({ name: 'leak.png', content_type: 'image/png', size: 10 })
    expect(second?.fields).toEqual({ url: document.body.url, name: 'a.pdf', content_type: 'application/pdf' })
  })

  it('must be at LiveChat’s host', async () => {
    const { send, sandbox } = await open()
    expect((await send('https://example.org/a.png')).status).toBe(400)
    expect((await send(`${sandbox.url}/api/file/nothing`)).status).toBe(400)
  })

  it('expires after a day unless an event shows it', async () => {
    let now = Date.now()
    const { upload, send, agent } = await open({ now: () => now })
    const used = await upload(agent, PNG)
    const unused = await upload(agent, PNG)
    await send(used.body.url)
    now += 24 * 3_600_000
    expect((await fetch(used.body.url)).status).toBe(200)
    expect((await fetch(unused.body.url)).status).toBe(404)
  })

  it('of the demo data is served by the sandbox', async () => {
    const { sandbox } = await open({ seed: true })
    const urls = sandbox.chats.all
      .flatMap(({ threads }) => threads.flatMap(({ events }) => events))
      .filter(({ type }) => type === 'file')
      .map(({ fields }) => String(fields['url']))
    expect(urls.length).toBeGreaterThan(0)
    for (const url of urls) {
      expect(url.startsWith(sandbox.url)).toBe(true)
      expect((await fetch(url)).status).toBe(200)
    }
  })
})
