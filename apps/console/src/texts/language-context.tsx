import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { Texts } from './en/index.ts'
import { createFormats, type Formats } from './formats.ts'
import { initialLanguage, type LanguageCode, languages, localeOf, storeLanguage } from './languages.ts'

interface LanguageState {
  readonly language: LanguageCode
  readonly formats: Formats
  readonly choose: (language: LanguageCode) => void
}

const LanguageContext = createContext<LanguageState>({
  language: 'en',
  formats: createFormats('en'),
  choose: () => {},
})

/** Provides the texts and formats of the operator's language, and tells the document its language and direction. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(initialLanguage)
  useEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = languages[language].direction
  }, [language])
  const state = useMemo(() => {
    const choose = (chosen: LanguageCode) => {
      storeLanguage(chosen)
      setLanguage(chosen)
    }
    return { language, formats: createFormats(localeOf(language)), choose }
  }, [language])
  return <LanguageContext value={state}>{children}</LanguageContext>
}

/** The texts of the console, by area. */
export function useTexts(): Texts {
  return languages[useContext(LanguageContext).language].texts
}

/** Dates and numbers in the operator's locale. */
export function useFormats(): Formats {
  return useContext(LanguageContext).formats
}

/** The current language and the function that changes it. */
export function useLanguage(): Pick<LanguageState, 'language' | 'choose'> {
  return useContext(LanguageContext)
}
