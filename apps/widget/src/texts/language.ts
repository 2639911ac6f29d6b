import type { Failure } from '../gateway/gateway.ts'
import { reportToDeveloper } from '../report.ts'
import { english, type Texts } from './english.ts'
import { german } from './german.ts'

/** Catalogues by language code. A further language is one entry here, and its file. */
const CATALOGUES: Readonly<Record<string, Texts>> = { en: english, de: german }

/** A language with its texts, and how it writes numbers and times. */
export interface Language {
  readonly texts: Texts
  /** BCP 47. */
  readonly locale: string
}

/** The language of a locale; English where there is no catalogue. */
export function languageOf(locale: string): Language {
  const texts = CATALOGUES[new Intl.Locale(locale).language]
  return texts ? { texts, locale } : { texts: english, locale: 'en' }
}

/** The language of a locale with texts of the page's own, from a JSON file with the names of a catalogue. Names that are missing keep their text. */
export async function loadLanguage(locale: string, url: string): Promise<Language> {
  const { texts } = languageOf(locale)
  try {
    const own = Object.entries(Object(await (await fetch(url)).json()))
    const known = own.filter(([name, text]) => name in english && typeof text === 'string')
    return { texts: { ...texts, ...Object.fromEntries(known) }, locale }
  } catch {
    reportToDeveloper(
      `data-texts="${url}" cannot be read: it must be JSON, and this page must be allowed to fetch it.`,
    )
    return languageOf(locale)
  }
}

/** Puts values in the places of a text that are written {}, in their order. */
export function fill(text: string, ...values: readonly string[]): string {
  const [first = '', ...rest] = text.split('{}')
  return first + rest.map((part, index) => (values[index] ?? '') + part).join('')
}

/** The texts about failures, by their codes; with the input field of an INVALID_INPUT. */
const FAILURE_TEXTS: Readonly<Record<string, keyof Texts>> = {
  AWAY: 'away',
  ORIGIN: 'origin',
  POLICY: 'policy',
  RATE_LIMITED: 'rateLimited',
  UNSUPPORTED: 'notSupported',
  FORBIDDEN: 'notSupported',
  PROVIDER_UNAVAILABLE: 'unavailable',
  UNAUTHENTICATED: 'gone',
  NOT_FOUND: 'gone',
  ROOM_CLOSED: 'over',
  'INVALID_INPUT email': 'invalidEmail',
  'INVALID_INPUT phone': 'invalidPhone',
  'INVALID_INPUT file': 'invalidFile',
  'INVALID_INPUT name': 'invalidFile',
  'INVALID_INPUT text': 'invalidText',
}

/** What to tell the visitor about a failure; its details are in English, and for developers. `gatewayUrl` is the gateway's address. */
export function describeFailure({ code, field }: Failure, texts: Texts, gatewayUrl: string): string {
  const name = FAILURE_TEXTS[code] ?? FAILURE_TEXTS[`${code} ${field}`] ?? 'failed'
  // Only texts about the page have places for values: the gateway's host, and the page's origin.
  return name === 'origin'
    ? fill(texts.origin, new URL(gatewayUrl).host, location.origin)
    : fill(texts[name], location.origin)
}

/** Time of day of an instant; with the day, if it is not today's. */
export function formatTime(instant: string, locale: string): string {
  const date = new Date(instant)
  const isToday = date.toDateString() === new Date().toDateString()
  const day = isToday ? {} : ({ day: 'numeric', month: 'short' } as const)
  return new Intl.DateTimeFormat(locale, { ...day, hour: 'numeric', minute: '2-digit' }).format(date)
}

export function formatNumber(value: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(value)
}
