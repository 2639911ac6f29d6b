import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Gateway } from './gateway/gateway.ts'
import type { Settings } from './settings.ts'
import type { VisitorStorage } from './state/visitor-storage.ts'
import type { Language } from './texts/language.ts'

/** What all parts of the widget use. */
export interface Environment extends Language {
  readonly settings: Settings
  readonly gateway: Gateway
  readonly storage: VisitorStorage
}

export const EnvironmentContext = createContext<Environment | null>(null)

export function useEnvironment(): Environment {
  const environment = useContext(EnvironmentContext)
  if (environment === null) throw new Error('the widget is rendered without its environment')
  return environment
}
