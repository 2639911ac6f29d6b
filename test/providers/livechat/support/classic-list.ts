import type { LiveChatSandbox } from '../../../../sandbox/livechat/index.ts'
import type { LivechatOfflineListQuery, OfflineMessageFilter } from '../../../generated/graphql.ts'
import { fetchData } from '../../../support/graphql-client.ts'
import { asOperator } from '../../../support/test-gateway.ts'
import { OfflineList } from './classic-documents.ts'

export type Page = LivechatOfflineListQuery['offlineMessages']

/** The arguments of the list, and an action between two pages. */
export interface ListOptions {
  readonly first?: number
  readonly filter?: OfflineMessageFilter
  readonly after?: string | null
  readonly between?: (page: Page) => void
}

/** Reads the list page by page to its end, as a dashboard does. */
export async function readPages(url: string, options: ListOptions = {}): Promise<readonly Page[]> {
  const { first = 25, filter = null, between = () => {} } = options
  const pages: Page[] = []
  let after = options.after ?? null
  for (;;) {
    const { offlineMessages: page } = await fetchData(url, OfflineList, { first, after, filter }, asOperator)
    pages.push(page)
    if (!page.pageInfo.hasNextPage) return pages
    after = page.pageInfo.endCursor ?? null
    between(page)
  }
}

/** The native ids of pages, in order. */
export function idsOf(pages: readonly Page[]): readonly (string | null | undefined)[] {
  return pages.flatMap(({ edges }) => edges.map(({ node }) => node.nativeId))
}

/** A message's id and day according to the sandbox. */
export interface ExpectedMessage {
  readonly nativeId: string
  readonly receivedOn: string
}

/** The expected list: newest day first, and within a day in the provider's order. */
export function expectedList(
  sandbox: LiveChatSandbox,
  { timeZone = 'UTC', order = 'newest' }: { timeZone?: string; order?: 'newest' | 'oldest' } = {},
): readonly ExpectedMessage[] {
  const arrived = sandbox.offlineMessages.map(({ id, receivedAt }) => ({
    nativeId: id,
    receivedOn: dayAt(receivedAt, timeZone),
  }))
  const provided = order === 'newest' ? arrived.reverse() : arrived
  const days = [...new Set(provided.map(({ receivedOn }) => receivedOn))].sort().reverse()
  return days.flatMap((day) => provided.filter(({ receivedOn }) => receivedOn === day))
}

/** The calendar day (`YYYY-MM-DD`) in a time zone at a time in epoch milliseconds. */
export function dayAt(ms: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(ms)
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value
  return `${part('year')}-${part('month')}-${part('day')}`
}
