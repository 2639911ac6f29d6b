import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { LiveChatSandbox } from '../../../livechat/index.ts'
import { ownAgent, type WireChat, type WireEvent } from '../v3-client.ts'

/** A frame that the sandbox sent. */
export interface RtmFrame {
  readonly type: string
  readonly action: string
  readonly request_id?: string
  readonly version?: string
  readonly success?: boolean
  readonly payload: RtmPayload
}

/** The fields of payloads that tests read one by one. */
export interface RtmPayload {
  readonly chat_id?: string
  readonly thread_id?: string
  readonly chat?: WireChat
  readonly event?: WireEvent
  readonly typing_indicator?: { readonly is_typing: boolean }
  readonly reason?: string
  readonly error?: { readonly type: string; readonly message: string }
}

/** A client of the sandbox's RTM. */
export class RtmClient {
  readonly socket: WebSocket
  /** Every frame received, oldest first. */
  readonly frames: RtmFrame[] = []
  readonly closed: Promise<unknown>
  readonly #waiting = new Set<() => void>()
  #requests = 0

  constructor(url: string) {
    this.socket = new WebSocket(url)
    this.socket.on('error', () => {})
    this.closed = once(this.socket, 'close')
    this.socket.on('message', (data) => {
      this.frames.push(JSON.parse(String(data)) as RtmFrame)
      for (const check of this.#waiting) check()
    })
  }

  get pushes(): readonly RtmFrame[] {
    return this.frames.filter(({ type }) => type === 'push')
  }

  /** The frames so far that fit, or those once there are `count`. */
  async wait(fits: (frame: RtmFrame) => boolean, count = 1): Promise<readonly RtmFrame[]> {
    const found = () => this.frames.filter(fits)
    if (found().length >= count) return found()
    return new Promise((resolve) => {
      const check = () => {
        if (found().length < count) return
        this.#waiting.delete(check)
        resolve(found())
      }
      this.#waiting.add(check)
    })
  }

  /** The first push of this name, once it is there. */
  async push(action: string): Promise<RtmFrame> {
    const [frame] = await this.wait((one) => one.type === 'push' && one.action === action)
    if (!frame) throw new Error(`no push ${action}`)
    return frame
  }

  /** Sends a request and waits for its response. */
  async call(action: string, payload: object = {}): Promise<RtmFrame> {
    const requestId = this.send(action, payload)
    const [frame] = await this.wait((one) => one.type === 'response' && one.request_id === requestId)
    if (!frame) throw new Error(`no response to ${action}`)
    return frame
  }

  /** Sends a request. Returns its id. */
  send(action: string, payload: object = {}): string {
    this.#requests += 1
    const requestId = `r${this.#requests}`
    this.socket.send(JSON.stringify({ request_id: requestId, action, payload }))
    return requestId
  }

  /** Waits until all pushes that were caused before are here: a ping is answered after them. */
  async settled(): Promise<readonly RtmFrame[]> {
    await new Promise((resolve) => setImmediate(resolve))
    await this.call('ping')
    return this.pushes
  }
}

/** Connects without a login. */
export async function connect(
  { url, credentials }: LiveChatSandbox,
  side: 'agent' | 'customer',
  path = `/v3.6/${side}/rtm/ws?organization_id=${credentials.organizationId}`,
): Promise<RtmClient> {
  const client = new RtmClient(`${url.replace('http', 'ws')}${path}`)
  await once(client.socket, 'open')
  return client
}

/** A customer that is logged in. */
export async function customerOnline(
  sandbox: LiveChatSandbox,
  customerId: string,
  more: object = {},
): Promise<RtmClient> {
  const client = await connect(sandbox, 'customer')
  const token = `Bearer ${sandbox.tokens.customerToken(customerId)}`
  await client.call('login', { token, ...more })
  return client
}

/** An agent that is logged in, the sandbox's own unless told otherwise. */
export async function agentOnline(
  sandbox: LiveChatSandbox,
  more: object = {},
  token = ownAgent(sandbox),
): Promise<RtmClient> {
  const client = await connect(sandbox, 'agent')
  await client.call('login', { token, ...more })
  // The customers that are online follow the login.
  await client.settled()
  client.frames.splice(0)
  return client
}
