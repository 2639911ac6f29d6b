import { once } from 'node:events'
import { connect } from 'node:net'
import { type HttpReply, request } from './http.ts'

/** The webhook URL of a provider, from the gateway's GraphQL URL. */
export function webhookUrl(url: string, provider: string): string {
  return new URL(`/webhooks/${provider}`, url).href
}

/** Sends a webhook: JSON, or a string unchanged. */
export function postWebhook(
  url: string,
  provider: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpReply> {
  return request(webhookUrl(url, provider), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** The header with Rocket.Chat's secret. */
export const rocketChatTokenHeader = (token: string) => ({ 'x-rocketchat-livechat-token': token })

/** Requests that are sent without waiting for their responses. */
const AT_ONCE = 100

/** Sends the same webhook many times over one connection, and waits for a response with status 200 to each. */
export async function pipeline(
  url: string,
  provider: string,
  hook: { readonly body: object; readonly headers: Readonly<Record<string, string>> },
  times: number,
): Promise<void> {
  const { hostname, port, pathname, host } = new URL(webhookUrl(url, provider))
  const body = JSON.stringify(hook.body)
  const headers = { host, 'content-length': String(Buffer.byteLength(body)), ...hook.headers }
  const head = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')
  const request = `POST ${pathname} HTTP/1.1\r\n${head}\r\n${body}`
  const socket = connect(Number(port), hostname).setEncoding('latin1')
  let answers = ''
  for (let sent = 0; sent < times; sent += AT_ONCE) {
    socket.write(request.repeat(AT_ONCE))
    while ((answers.match(/^HTTP\/1\.1 200 OK/gm)?.length ?? 0) < AT_ONCE) {
      const [chunk]: unknown[] = await once(socket, 'data')
      answers += String(chunk)
    }
    answers = ''
  }
  socket.destroy()
}
