import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { AdapterRegistry, ChatAdapter, WebhookHint } from '../../domain/adapter.ts'
import { MAX_JSON_DEPTH, parseJson } from '../../domain/json.ts'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'
import { MAX_REQUEST_BYTES } from '../graphql/graphql-server.ts'
import { readBody } from '../http/request-body.ts'
import { KeyedThrottle } from './keyed-throttle.ts'

/** Where the vendors' webhooks arrive: the provider's name follows. */
export const WEBHOOKS_PATH = '/webhooks/'

/** However many hints come, a room is looked at for them at most once in so many milliseconds. */
const HINTS_TOGETHER_MS = 250
/** No vendor names more than one room in a webhook; what names more than so many is not followed further. */
const MOST_ROOMS = 100

/** What became of a webhook: what its counter is labelled with. */
export type WebhookOutcome = 'hint' | 'ignored' | 'refused' | 'malformed' | 'too_large'

/** Whose webhooks are taken in, and who is told of them. */
export interface WebhookHandlerOptions {
  readonly registry: AdapterRegistry
  readonly log: Logger
  readonly unexpected: UnexpectedErrors
  readonly onOutcome: (provider: string, outcome: WebhookOutcome) => void
  /** Something may have happened in this room. */
  readonly onRoomHint: (provider: string, roomId: string) => void
  /** Offline messages may have come. */
  readonly onOfflineHint: (provider: string) => void
}

/** The door at which providers tell that something happened. */
export interface WebhookHandler {
  /** Answers a request whose path begins with WEBHOOKS_PATH. Rejects where that fails and the sender still waits. */
  handle(path: string, req: IncomingMessage, res: ServerResponse): Promise<void>
  /** Forgets hints that wait to be followed. */
  close(): void
}

/**
 * Makes the door. A webhook is a hint to look now: it is checked, answered at once and dropped; what it says never
 * reaches a client. What cannot be understood is accepted, so that no vendor switches its webhooks off.
 */
export function createWebhookHandler(options: WebhookHandlerOptions): WebhookHandler {
  const together = new KeyedThrottle(HINTS_TOGETHER_MS, options.unexpected)
  const refused = new Set<string>()

  const follow = (provider: string, { roomIds, hasOfflineMessages: offline }: WebhookHint): void => {
    for (const roomId of roomIds.slice(0, MOST_ROOMS))
      together.run(JSON.stringify([provider, roomId]), () => options.onRoomHint(provider, roomId))
    if (offline) together.run(provider, () => options.onOfflineHint(provider))
  }

  /** Told once, until a right one has come: whoever guesses shall not fill the log. */
  const tellRefusal = (provider: string): void => {
    if (!refused.has(provider))
      options.log.warn({ provider }, 'a webhook without the right secret was refused')
    refused.add(provider)
  }

  const serve = async (path: string, req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (req.method !== 'POST') {
      res.setHeader('allow', 'POST')
      return answer(res, 405, 'send POST')
    }
    const adapter = options.registry.find(providerIn(path) ?? '')
    const read = adapter?.parseWebhook
    if (!adapter || !read) return answer(res, 404, 'not found')
    const { name } = adapter
    const { status, outcome, hint } = await receive(req, read)
    answer(res, status, TEXTS[outcome])
    options.onOutcome(name, outcome)
    if (outcome === 'refused') tellRefusal(name)
    if (hint === null) return
    refused.delete(name)
    follow(name, hint)
  }

  return {
    handle: (path, req, res) =>
      serve(path, req, res).catch((error: unknown) => {
        // A sender that left before its body was whole is nobody's fault.
        if (req.complete) throw error
        res.destroy()
      }),
    close: () => together.close(),
  }
}

interface Received {
  readonly status: number
  readonly outcome: WebhookOutcome
  readonly hint: WebhookHint | null
}

async function receive(
  req: IncomingMessage,
  read: NonNullable<ChatAdapter['parseWebhook']>,
): Promise<Received> {
  const bytes = await readBody(req, MAX_REQUEST_BYTES)
  if (bytes === null) return { status: 413, outcome: 'too_large', hint: null }
  const body = parseJson(bytes.toString())
  if (body === undefined) return { status: 400, outcome: 'malformed', hint: null }
  const hint = read({ headers: req.headers, body })
  if (hint === null) return { status: 401, outcome: 'refused', hint: null }
  const outcome = hint.roomIds.length > 0 || hint.hasOfflineMessages ? 'hint' : 'ignored'
  // Rocket.Chat counts no other status as a success.
  return { status: 200, outcome, hint }
}

/** The vendors keep or show what they are answered: no word more than needed. */
const TEXTS: Readonly<Record<WebhookOutcome, string>> = {
  hint: 'ok',
  ignored: 'ok',
  refused: 'wrong secret',
  malformed: `send JSON, nested ${MAX_JSON_DEPTH} deep at most`,
  too_large: 'send 1 MiB at most',
}

/** The one decoded segment behind WEBHOOKS_PATH; null where there is none, or it decodes to nothing. */
function providerIn(path: string): string | null {
  try {
    return decodeURIComponent(path.slice(WEBHOOKS_PATH.length))
  } catch {
    return null
  }
}

function answer(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}
