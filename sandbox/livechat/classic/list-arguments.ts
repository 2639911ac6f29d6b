import { addDays, isCalendarDay } from '../calendar-day.ts'
import { ClassicError } from './errors.ts'
import type { OfflineMessageSearch } from './offline-message-store.ts'

/**
 * Reads the query string of `GET /offline_messages` (docs/providers/livechat.md 1.1). `today` is the
 * licence's calendar day; without dates the window is today and the six days before. Empty arguments count as
 * absent. Throws ClassicError 400 for a malformed one.
 */
export function readListArguments(
  rawQuery: string,
  today: string,
): { search: OfflineMessageSearch; page: number } {
  const query = new URLSearchParams(rawQuery)
  const skill = query.get('skill')
  const phrase = query.get('query')
  return {
    search: {
      from: readDay(query, 'date_from') ?? addDays(today, -6),
      to: readDay(query, 'date_to') ?? today,
      ...(skill ? { skill: readInteger('skill', skill, 0) } : {}),
      ...(phrase ? { query: phrase } : {}),
    },
    page: readInteger('page', query.get('page') || '1', 1),
  }
}

function readDay(query: URLSearchParams, name: string): string | undefined {
  const text = query.get(name)
  if (!text) return undefined
  if (!isCalendarDay(text)) throw new ClassicError(400, name, `${name} must be a date in YYYY-MM-DD format`)
  return text
}

function readInteger(name: string, text: string, least: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : -1
  if (number < least) {
    throw new ClassicError(400, name, `${name} must be an integer not less than ${least}`)
  }
  return number
}
