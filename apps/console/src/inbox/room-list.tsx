import { useEffect, useRef } from 'react'
import { useShortcuts } from '../frame/shortcuts.tsx'
import { goTo, hrefOf } from '../route.ts'
import { useTexts } from '../texts/language-context.tsx'
import { describeError } from '../ui/displayed-errors.ts'
import { ErrorList } from '../ui/error-list.tsx'
import { Icon } from '../ui/icon.tsx'
import type { InboxFilter, InboxSort } from './filter.ts'
import { useInbox } from './inbox-context.ts'
import { ListFilters } from './list-filters.tsx'
import { MINUTE_MS, RoomRow, rowsOf } from './room-row.tsx'
import { useCounts } from './use-counts.ts'
import { useListUse } from './use-list-use.ts'
import { useNow } from './use-now.ts'
import { type RoomListState, useRoomList } from './use-room-list.ts'
import { ViewTabs } from './view-tabs.tsx'

/** Waits are shown in minutes. */
const CLOCK_MS = 15_000

interface RoomListProps {
  readonly openId: string | null
  readonly filter: InboxFilter
}

/** The rooms of all providers that a filter shows. */
export function RoomList({ openId, filter }: RoomListProps) {
  const texts = useTexts()
  const { isUnread, still } = useInbox()
  const { element, isInUse } = useListUse()
  const list = useRoomList(filter, isInUse)
  const counts = useCounts(filter)
  const now = useNow(CLOCK_MS)
  const rows = useRef<HTMLUListElement>(null)
  useListKeys(list.rooms?.map(({ room }) => room.id) ?? [], openId, filter)
  useReturningFocus(rows, openId)
  return (
    <section className="rooms" aria-label={texts.inbox.conversations}>
      <Title isMain={openId === null} />
      <div className="rooms-header">
        <ListFilters filter={filter} rooms={list.rooms ?? []} countWith={counts.countWith} />
        <ViewTabs filter={filter} counts={counts.views} />
        <News list={list} sort={filter.sort} onShown={() => focusRow(rows.current, 0)} />
      </div>
      <ErrorList errors={list.errors} />
      {still && <p className="note">{texts.inbox.still(describeError(still, texts.errors))}</p>}
      {list.isPartial && (
        <p className="note">{filter.text === '' ? texts.inbox.sortedLoaded : texts.inbox.searchLoaded}</p>
      )}
      <div className="rooms-rows" ref={element}>
        {list.rooms === null && <p className="note">{texts.general.loading}</p>}
        {list.rooms?.length === 0 && <p className="note">{texts.inbox.none}</p>}
        <ul ref={rows}>
          {list.rooms?.map((listed) => (
            <li key={listed.room.id}>
              <RoomRow
                listed={listed}
                href={hrefOf({ page: 'inbox', roomId: listed.room.id, filter })}
                isOpen={listed.room.id === openId}
                isUnread={isUnread(listed)}
                isMatching={list.isMatching(listed)}
                waitMinutes={minutesSince(listed.waitingSince, now)}
              />
            </li>
          ))}
        </ul>
        {list.more && <MoreButton list={list} rows={rows} />}
      </div>
    </section>
  )
}

/** Whole minutes of a wait: a row changes once a minute at most. Null if nobody waits. */
function minutesSince(since: string | null, now: number): number | null {
  return since === null ? null : Math.max(0, Math.floor((now - Date.parse(since)) / MINUTE_MS))
}

/** The heading of the page, or of its part where the open conversation has it. */
function Title({ isMain }: { readonly isMain: boolean }) {
  const { inbox } = useTexts()
  return isMain ? (
    <h1 className="unseen">{inbox.conversations}</h1>
  ) : (
    <h2 className="unseen">{inbox.conversations}</h2>
  )
}

interface NewsProps {
  readonly list: RoomListState
  readonly sort: InboxSort
  readonly onShown: () => void
}

/** Offers the news that the order of the list hides. It always has its line: rows do not move when it appears. */
function News({ list, sort, onShown }: NewsProps) {
  const { inbox } = useTexts()
  const show = () => {
    list.showNews()
    requestAnimationFrame(onShown)
  }
  return (
    <div className="news" role="status">
      {list.news > 0 ? (
        <button type="button" onClick={show}>
          <Icon name="up" />
          {inbox.news(list.news)}
        </button>
      ) : (
        inbox.orders[sort]
      )}
    </div>
  )
}

interface MoreButtonProps {
  readonly list: RoomListState
  readonly rows: { readonly current: HTMLUListElement | null }
}

/** Shows the next page, and puts the focus on its first row. */
function MoreButton({ list, rows }: MoreButtonProps) {
  const { general } = useTexts()
  const press = async () => {
    const shown = list.rooms?.length ?? 0
    await list.more?.()
    requestAnimationFrame(() => focusRow(rows.current, shown))
  }
  return (
    <button type="button" className="quiet wide" onClick={() => void press()}>
      {general.showMore}
    </button>
  )
}

/** Next, previous, also while the operator writes a reply. */
function useListKeys(ids: readonly string[], openId: string | null, filter: InboxFilter): void {
  const { inbox } = useTexts()
  const open = (step: 1 | -1) => {
    const at = openId === null ? -1 : ids.indexOf(openId)
    const roomId = ids[at === -1 ? 0 : at + step]
    if (roomId) goTo({ page: 'inbox', roomId, filter })
  }
  const next = { label: inbox.next, run: () => open(1) }
  const previous = { label: inbox.previous, run: () => open(-1) }
  useShortcuts('list', [
    { keys: 'Alt+ArrowDown', ...next },
    { keys: 'j', ...next },
    { keys: 'Alt+ArrowUp', ...previous },
    { keys: 'k', ...previous },
  ])
}

type Rows = MoreButtonProps['rows']

/** On the way back from a conversation, its row gets the focus. */
function useReturningFocus(rows: Rows, openId: string | null): void {
  const leftId = useRef(openId)
  useEffect(() => {
    const left = leftId.current
    leftId.current = openId
    if (openId === null && left !== null)
      rowsOf(rows.current)
        .find(({ hash }) => hash.includes(left))
        ?.focus()
  }, [rows, openId])
}

function focusRow(list: HTMLUListElement | null, index: number): void {
  rowsOf(list)[index]?.focus()
}
