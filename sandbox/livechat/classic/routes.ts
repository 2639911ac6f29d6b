import type { WireRequest, WireResponse, WireRoute } from '../../wire-server.ts'
import { readBasicAuth } from '../basic-auth.ts'
import { calendarDay } from '../calendar-day.ts'
import { ClassicError, type ClassicErrorForm, renderClassicError } from './errors.ts'
import { readListArguments } from './list-arguments.ts'
import type { OfflineMessageOrder, OfflineMessageStore } from './offline-message-store.ts'

/** What the classic API needs from its licence. */
export interface ClassicOptions {
  readonly store: OfflineMessageStore
  readonly login: string
  readonly apiKey: string
  readonly timeZone: string
  readonly now: () => number
  readonly order: OfflineMessageOrder
  readonly errorForm: ClassicErrorForm
}

const PAGE_SIZE = 25

/** REST v1: the list and the single item of offline messages (docs/providers/livechat.md 1.1 to 1.3). */
export function classicRoutes(options: ClassicOptions): WireRoute[] {
  const route = (path: string, work: (request: WireRequest) => unknown): WireRoute => ({
    method: 'GET',
    path,
    handle: (request) =>
      answer(options.errorForm, () => {
        requireLogin(request, options)
        return work(request)
      }),
  })
  return [
    route('/offline_messages', ({ rawQuery }) => listOfflineMessages(rawQuery, options)),
    route('/offline_messages/:id', ({ params }) => {
      const item = options.store.get(params['id'] ?? '')
      if (!item) throw new ClassicError(404, 'id', 'Offline message not found')
      return item
    }),
  ]
}

function listOfflineMessages(rawQuery: string, options: ClassicOptions): unknown {
  const { search, page } = readListArguments(rawQuery, calendarDay(options.now(), options.timeZone))
  const found = options.store.search(search, options.order)
  return {
    offline_messages: found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
    total: found.length,
    pages: Math.ceil(found.length / PAGE_SIZE),
  }
}

function requireLogin(request: WireRequest, { login, apiKey }: ClassicOptions): void {
  const given = readBasicAuth(request.headers.authorization)
  if (given?.user !== login || given.password !== apiKey) {
    throw new ClassicError(401, 'authorization', 'Invalid login or API key')
  }
}

function answer(form: ClassicErrorForm, work: () => unknown): WireResponse {
  try {
    return { status: 200, body: work() }
  } catch (error) {
    if (error instanceof ClassicError) return renderClassicError(error, form)
    throw error
  }
}
