import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { AdapterRegistry, ChatAdapter } from '../../domain/adapter.ts'
import { MAX_JSON_DEPTH, parseJson } from '../../domain/json.ts'
import type { WebhookContent, WebhookHint } from '../../domain/webhooks.ts'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'
import { MAX_REQUEST_BYTES, readBody } from '../request-checks/request-body.ts'
import { KeyedThrottle } from './keyed-throttle.ts'

/** Path of the vendors' webhooks; the name of the provider follows. */
export const WEBHOOKS_PATH = '/webhooks/'

/** Milliseconds in which all hints of one kind for one room cause at most one poll. */
const THROTTLE_MS = 250
/** No vendor names more than one room in a webhook; further rooms than these are ignored. */
const MAX_ROOMS = 100

/** The result of a webhook: a label of its counter. */
export type WebhookOutcome = 'hint' | 'ignored' | 'refused' | 'malformed' | 'too_large'

/** The providers that may send webhooks, and what their hints trigger. */
export interface WebhookHandlerOptions {
  readonly registry: AdapterRegistry
  readonly log: Logger
  readonly unexpected: UnexpectedErrors
  readonly onOutcome: (provider: string, outcome: WebhookOutcome) => void
  /** Called when something may have changed in a room; with `isAddition`, only new messages came. */
  readonly onRoomHint: (provider: string, roomId: string, hint: { readonly isAddition: boolean }) => void
  /** Called with what a webhook shows of a room. */
  readonly onContent: (provider: string, content: WebhookContent) => void
  /** Called when there may be new offline messages. */
  readonly onOfflineHint: (provider: string) => void
}

/** Receives the vendors' webhooks. */
export interface WebhookHandler {
  /** Serves a request whose path starts with WEBHOOKS_PATH. Rejects on failures while the sender still waits. */
  handle(path: string, req: IncomingMessage, res: ServerResponse): Promise<void>
  /** Drops hints that the throttle holds back. */
  close(): void
}

/**
 * Creates the handler. A webhook's secret is checked and it is answered at once. What it certainly shows of messages is
 * applied; otherwise it is a hint to poll now. Unknown content is accepted, so that no vendor disables its webhooks.
 */
export function createWebhookHandler(options: WebhookHandlerOptions): WebhookHandler {
  const throttle = new KeyedThrottle(THROTTLE_MS, options.unexpected)
  const logRejection = createRejectionLog(options.log)

  const follow = (provider: string, { roomIds, hasOfflineMessages, content }: WebhookHint): void => {
    // Each webhook has content of its own, so it is never held back.
    if (content && content.changes.length > 0) options.onContent(provider, content)
    const isAddition = content?.missing === 'ADDITIONS'
    const polled = content?.missing === 'NOTHING' ? [] : roomIds.slice(0, MAX_ROOMS)
    for (const roomId of polled)
      throttle.run(JSON.stringify([provider, roomId, isAddition]), () =>
        options.onRoomHint(provider, roomId, { isAddition }),
      )
    if (hasOfflineMessages) throttle.run(provider, () => options.onOfflineHint(provider))
  }

  const serve = async (path: string, req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (req.method !== 'POST') {
      res.setHeader('allow', 'POST')
      return respond(res, 405, 'send POST')
    }
    const adapter = options.registry.find(providerIn(path) ?? '')
    if (!adapter?.parseWebhook) return respond(res, 404, 'not found')
    const { name } = adapter
    const { status, outcome, hint } = await receive(req, adapter.parseWebhook)
    respond(res, status, RESPONSE_TEXTS[outcome])
    options.onOutcome(name, outcome)
    if (outcome === 'refused') logRejection.add(name)
    if (hint === null) return
    logRejection.reset(name)
    follow(name, hint)
  }

  return {
    handle: (path, req, res) =>
      serve(path, req, res).catch((error: unknown) => {
        // A sender that disconnects before its body is complete is not an error of the gateway.
        if (req.complete) throw error
        res.destroy()
      }),
    close: () => throttle.close(),
  }
}

/** Logs a provider's first rejected webhook after a valid one, so that guesses at the secret do not fill the log. */
function createRejectionLog(log: Logger) {
  const logged = new Set<string>()
  return {
    add(provider: string): void {
      if (!logged.has(provider)) log.warn({ provider }, 'webhook rejected: wrong or missing secret')
      logged.add(provider)
    },
    reset: (provider: string): void => void logged.delete(provider),
  }
}

interface ReceivedWebhook {
  readonly status: number
  readonly outcome: WebhookOutcome
  /** Null for a webhook that is not valid. */
  readonly hint: WebhookHint | null
}

async function receive(
  req: IncomingMessage,
  parseWebhook: NonNullable<ChatAdapter['parseWebhook']>,
): Promise<ReceivedWebhook> {
  const bytes = await readBody(req, MAX_REQUEST_BYTES)
  if (bytes === null) return { status: 413, outcome: 'too_large', hint: null }
  const body = parseJson(bytes.toString())
  if (body === undefined) return { status: 400, outcome: 'malformed', hint: null }
  const hint = parseWebhook({ headers: req.headers, body })
  if (hint === null) return { status: 401, outcome: 'refused', hint: null }
  const outcome = hint.roomIds.length > 0 || hint.hasOfflineMessages ? 'hint' : 'ignored'
  // Rocket.Chat treats only 200 as a success (docs/providers/rocketchat.md 7.1).
  return { status: 200, outcome, hint }
}

/** The vendors store or display the response, so it contains no more than needed. */
const RESPONSE_TEXTS: Readonly<Record<WebhookOutcome, string>> = {
  hint: 'ok',
  ignored: 'ok',
  refused: 'wrong secret',
  malformed: `send JSON, nested ${MAX_JSON_DEPTH} deep at most`,
  too_large: 'send 1 MiB at most',
}

/** The decoded path segment after WEBHOOKS_PATH; null if it cannot be decoded. */
function providerIn(path: string): string | null {
  try {
    return decodeURIComponent(path.slice(WEBHOOKS_PATH.length))
  } catch {
    return null
  }
}

function respond(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}
