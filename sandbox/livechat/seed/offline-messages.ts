import { addDays, calendarDay, startOfDay } from '../calendar-day.ts'
import type { OfflineMessageDraft } from '../classic/offline-message.ts'
import { arabicMessages } from './offline/arabic.ts'
import { attestedMessages } from './offline/attested.ts'
import { englishMessages } from './offline/english.ts'
import { germanMessages } from './offline/german.ts'
import { japaneseMessages } from './offline/japanese.ts'
import { polishMessages } from './offline/polish.ts'
import { russianMessages } from './offline/russian.ts'
import { shortMessages } from './offline/short.ts'

/**
 * How many messages arrived today, yesterday and so on: one day is longer than a page, the last two fall out of the
 * default window.
 */
const PER_DAY = [5, 7, 29, 4, 3, 6, 2, 6, 5] as const

/** No calendar day is shorter than this, even when the clocks go forward. */
const SHORTEST_DAY_MS = 23 * 3_600_000

/** The messages of all languages in turn, so that every page shows several languages. */
export const offlineMessagePool: readonly OfflineMessageDraft[] = dealOut([
  attestedMessages,
  englishMessages,
  germanMessages,
  shortMessages,
  polishMessages,
  arabicMessages,
  japaneseMessages,
  russianMessages,
])

/** The seeded offline messages, dated over the nine calendar days that end today in the licence's zone. */
export function seedOfflineMessages(now: number, timeZone: string): OfflineMessageDraft[] {
  const today = calendarDay(now, timeZone)
  const times = PER_DAY.flatMap((count, daysAgo) => {
    const start = startOfDay(addDays(today, -daysAgo), timeZone)
    const length = daysAgo === 0 ? now - start : SHORTEST_DAY_MS
    return Array.from({ length: count }, (_, n) => start + Math.floor((length * (count - n)) / (count + 1)))
  })
  return offlineMessagePool.slice(0, times.length).map((draft, n) => ({ ...draft, at: times[n] ?? now }))
}

function dealOut<T>(piles: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...piles.map((pile) => pile.length))
  return Array.from({ length: longest }, (_, n) => piles.flatMap((pile) => pile[n] ?? [])).flat()
}
