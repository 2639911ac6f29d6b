import { z } from 'zod'
import type { Call, OfflineQuery } from '../../chat/adapter.ts'
import type { Days } from '../../chat/days.ts'
import type { Upstream } from '../../upstream/client.ts'
import type { AnswerReader } from '../answer-reader.ts'
import { parseJson } from '../json.ts'
import { requestOptions } from '../request-options.ts'
import { maybe } from '../wire.ts'
import { ClassicRefusal, readRefusal } from './classic-errors.ts'

/** An offline message as the classic API sends it: no time, no state (docs/providers/livechat.md 1.1). */
const item = z.object({
  id: z.string().min(1),
  visitor_name: maybe(z.string()),
  skill: maybe(z.union([z.number(), z.string()]).transform(String)),
  email: maybe(z.string()),
  message: z.string().catch(''),
})
/** One offline message of the classic API. */
export type ClassicItem = z.output<typeof item>

/** The fixed size of a page (docs/providers/livechat.md 1.1). */
export const PAGE_SIZE = 25

function readItem(row: unknown): ClassicItem | null {
  return item.safeParse(row).data ?? null
}

/** An item that cannot be read is null in its place: places are what a reader of the list goes on from. */
const list = z
  .object({
    offline_messages: z.array(z.unknown()).transform((rows) => rows.slice(0, PAGE_SIZE).map(readItem)),
    total: maybe(z.int().nonnegative()),
    pages: maybe(z.int().nonnegative()),
  })
  .transform(({ offline_messages, total = null, pages = null }) => ({
    offline_messages,
    total,
    pages: pages ?? (total === null ? null : Math.ceil(total / PAGE_SIZE)),
  }))
/** A page; `total` and `pages` are null where the answer does not tell. */
export type ClassicPage = z.output<typeof list>

/**
 * LiveChat's classic REST API, the part the gateway uses: `/offline_messages`
 * (docs/providers/livechat.md 1.1, 1.2).
 */
export interface ClassicClient {
  /** One page, counted from 1, of the messages in a window of days. */
  page(query: OfflineQuery, days: Days, page: number, call: Call): Promise<ClassicPage>
  /** Null where there is none by that id. */
  one(id: string, call: Call): Promise<ClassicItem | null>
}

/**
 * Ids are visible ASCII (docs/providers/livechat.md 1.1); an empty or a dotted segment would be the path of
 * something else.
 */
const POSSIBLE_ID = /^(?!\.{1,2}$)[\x21-\x7e]+$/

/** Throws ClassicRefusal, UnreadableAnswer or UpstreamError. */
export function createClassicClient(
  upstream: Upstream,
  { login, apiKey }: { readonly login: string; readonly apiKey: string },
  reader: AnswerReader,
): ClassicClient {
  const headers = { authorization: `Basic ${Buffer.from(`${login}:${apiKey}`).toString('base64')}` }

  const get = async <T extends z.ZodType>(
    route: string,
    path: string,
    answer: T,
    call: Call,
  ): Promise<z.output<T>> => {
    const request = { method: 'GET', route, path, headers } as const
    const response = await upstream.send({ ...request, ...requestOptions(call) })
    if (response.status >= 400) throw readRefusal(response)
    return reader.read(answer, parseJson(response.text), route, call.log)
  }

  return {
    page: (query, days, page, call) => get('/offline_messages', listPath(query, days, page), list, call),
    one: async (id, call) => {
      if (!POSSIBLE_ID.test(id)) return null
      const path = `/offline_messages/${encodeURIComponent(id)}`
      return get('/offline_messages/:id', path, item, call).catch(nullIfAbsent)
    },
  }
}

function nullIfAbsent(error: unknown): null {
  if (error instanceof ClassicRefusal && error.status === 404) return null
  throw error
}

function listPath({ departmentId, text }: OfflineQuery, { from, to }: Days, page: number): string {
  const search = new URLSearchParams({ date_from: from, date_to: to, page: String(page) })
  if (departmentId !== null) search.set('skill', departmentId)
  if (text !== null) search.set('query', text)
  return `/offline_messages?${search}`
}
