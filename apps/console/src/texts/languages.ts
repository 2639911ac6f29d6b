import { de } from './de/index.ts'
import { en, type Texts } from './en/index.ts'

/** A language of the console. */
export interface Language {
  /** Its name in itself. */
  readonly name: string
  readonly direction: 'ltr' | 'rtl'
  readonly texts: Texts
}

export type LanguageCode = 'en' | 'de'

/** All languages. To add one, write its catalogues and add a line here. */
export const languages: Readonly<Record<LanguageCode, Language>> = {
  en: { name: 'English', direction: 'ltr', texts: en },
  de: { name: 'Deutsch', direction: 'ltr', texts: de },
}

const STORED_AS = 'switchboard-language'

/** The language that the operator has chosen in this browser, else the first of the browser's that the console has. */
export function initialLanguage(): LanguageCode {
  const wanted = [localStorage.getItem(STORED_AS) ?? '', ...navigator.languages]
  return wanted.map((tag) => tag.split('-')[0] ?? '').find(isLanguage) ?? 'en'
}

/** Stores the choice for all tabs and later visits. */
export function storeLanguage(language: LanguageCode): void {
  localStorage.setItem(STORED_AS, language)
}

/** The locale for dates and numbers: the browser's own variant of the language, for example en-GB, if it has one. */
export function localeOf(language: LanguageCode): string {
  return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language
}

export function isLanguage(code: string): code is LanguageCode {
  return Object.hasOwn(languages, code)
}
