import type { PreChatFieldKind, WidgetPreChatFormFragment } from '../generated/operations.ts'
import { reportToDeveloper } from './report.ts'

/** A question before the conversation, of the provider's form or of the page. */
export interface Question extends Omit<WidgetPreChatFormFragment['fields'][number], 'kind'> {
  readonly kind: PreChatFieldKind | 'PHONE'
}

/** What the page asks for, with the attributes of the script element; null where it leaves the choice to the widget. */
export interface Settings {
  /** The gateway's GraphQL address, absolute. */
  readonly gatewayUrl: string
  readonly provider: string | null
  /** A department's name or id. */
  readonly department: string | null
  /** BCP 47. */
  readonly locale: string
  /** Address of a JSON file with texts, absolute. */
  readonly textsUrl: string | null
  /** A CSS colour. */
  readonly color: string | null
  readonly title: string | null
  readonly greeting: string | null
  readonly position: 'left' | 'right' | null
  /** Null for the questions of the provider's form. */
  readonly questions: readonly Question[] | null
}

const KINDS: Readonly<Record<string, Question['kind']>> = { name: 'NAME', email: 'EMAIL', phone: 'PHONE' }

/** The questions where the provider does not say what it asks. */
export const DEFAULT_QUESTIONS = readQuestions('name email?')

/** Reads the attributes of the script element. One that cannot be understood is reported, and counts as missing. */
export function readSettings({ dataset, src }: HTMLScriptElement): Settings {
  const { gateway, provider, department, locale, texts, color, title, greeting, position, fields } = dataset
  const acceptable = <T extends string>(
    name: string,
    value: T | undefined,
    isAcceptable: (value: T) => boolean,
  ) => {
    if (!value || isAcceptable(value)) return value || null
    reportToDeveloper(`data-${name}="${value}" is not valid.`)
    return null
  }
  const side = acceptable('position', position, (value) => value === 'left' || value === 'right')
  return {
    gatewayUrl: gateway ? new URL(gateway, location.href).href : new URL('graphql', src).href,
    provider: provider || null,
    department: department || null,
    locale: acceptable('locale', locale, isLocale) ?? navigator.language,
    textsUrl: texts ? new URL(texts, location.href).href : null,
    color: acceptable('color', color, (value) => CSS.supports('color', value)),
    title: title || null,
    greeting: greeting || null,
    position: side === 'left' || side === 'right' ? side : null,
    questions: fields === undefined ? null : readQuestions(fields),
  }
}

function isLocale(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1
  } catch {
    return false
  }
}

function readQuestions(text: string): readonly Question[] {
  return text.split(/[\s,]+/).flatMap((entry) => {
    const key = entry.replace(/\?$/, '')
    const kind = KINDS[key]
    if (kind) return [{ key, kind, label: null, required: key === entry, options: [] }]
    if (entry !== '') reportToDeveloper(`data-fields: "${entry}" is not one of name, email and phone.`)
    return []
  })
}
