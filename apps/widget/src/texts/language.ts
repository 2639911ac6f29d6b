import type { Failure } from '../gateway/gateway.ts'
import { reportToDeveloper } from '../report.ts'
import { english, type Texts } from './english.ts'

/** The languages of the files `public/texts.<language>.json`, which the gateway serves. A further one is an entry here, and its file. */
const TRANSLATIONS: readonly string[] = ['de']

/** A language with its texts, and how it writes numbers and times. */
export interface Language {
  readonly texts: Texts
  /** BCP 47. */
  readonly locale: string
}

/**
 * Loads the language of a locale; English where there are no texts in it. `ownUrl` is the address of a file with the page's own
 * texts, under the same names: names that are missing there keep their text. `urlOf` is that of the gateway.
 */
export async function loadLanguage(
  locale: string,
  ownUrl: string | null,
  urlOf: (path: string) => string,
): Promise<Language> {
  const { language } = new Intl.Locale(locale)
  const translation = TRANSLATIONS.includes(language) ? urlOf(`widget/texts.${language}.json`) : null
  const found = (await Promise.all([loadTexts(translation), loadTexts(ownUrl)])).filter(
    (texts) => texts !== null,
  )
  const isTranslated = language === 'en' || found.length > 0
  return { texts: Object.assign({}, english, ...found), locale: isTranslated ? locale : 'en' }
}

/** Null without an address, and for a file that cannot be read. */
async function loadTexts(url: string | null): Promise<Partial<Texts> | null> {
  if (url === null) return null
  try {
    const entries = Object.entries(Object(await (await fetch(url)).json()))
    return Object.fromEntries(entries.filter(([name, text]) => name in english && typeof text === 'string'))
  } catch {
    reportToDeveloper(
      `the texts of ${url} cannot be read: they must be JSON, and this page must be allowed to fetch them.`,
    )
    return null
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
  'INVALID_INPUT preChatAnswers': 'invalidAnswers',
}

/** What to tell the visitor about a failure; its details are in English, and for developers. `gatewayUrl` is the gateway's address. */
export function describeFailure({ code, field }: Failure, texts: Texts, gatewayUrl: string): string {
  const name = FAILURE_TEXTS[code] ?? FAILURE_TEXTS[`${code} ${field?.split('.')[0]}`] ?? 'failed'
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
