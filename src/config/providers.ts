import { liveChatTable } from '../providers/livechat/settings.ts'
import { rocketChatTable } from '../providers/rocketchat/settings.ts'
import type { ProviderConfig } from './config.ts'
import { readProvider } from './provider-table.ts'
import { issuesOf, type ParseResult } from './reading.ts'

/** The kinds of providers, in the order in which their accounts are listed. */
export const providerTables = [rocketChatTable, liveChatTable] as const

/** The names of all variables that describe a provider. */
export const providerVariables: readonly string[] = providerTables.flatMap(({ variables }) => variables)

/** Reads the accounts that the environment itself describes: at most one of each kind, under the kind's own name. */
export function readProvidersFromEnvironment(
  set: ReadonlyMap<string, string>,
): ParseResult<readonly ProviderConfig[]> {
  return combineResults(
    providerTables.flatMap((table) => {
      const given = Object.fromEntries([...set].filter(([name]) => table.variables.includes(name)))
      if (Object.keys(given).length === 0) return []
      return [readProvider(table, table.defaultName, given, (variable) => variable)]
    }),
  )
}

/** Gives the values of all readings, or the faults of all. */
export function combineResults<T>(readings: readonly ParseResult<T>[]): ParseResult<readonly T[]> {
  const faults = readings.flatMap(issuesOf)
  if (faults.length > 0) return { ok: false, faults }
  return { ok: true, value: readings.flatMap((reading) => (reading.ok ? [reading.value] : [])) }
}
