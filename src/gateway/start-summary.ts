import type { Config } from '../config/index.ts'
import { definitionOf } from '../providers/adapter-factory.ts'
import { MCP_PATH } from '../server/mcp/mcp-handler.ts'
import type { AppName } from '../server/pages/static-files.ts'
import { packageVersion } from './package-version.ts'

/** What a summary depends on besides the configuration. */
export interface StartedServers {
  /** `http://HOST:PORT/graphql` */
  readonly url: string
  /** The apps that are served. */
  readonly apps: ReadonlySet<AppName>
}

/** Describes in a few lines what has started: version, providers with their modes, database, console, widget and MCP. Contains no secret. */
export function summarizeStart(config: Config, { url, apps }: StartedServers): string {
  const accounts = config.providers.map((account) => {
    const { label, modesOf, credentialUrls } = definitionOf(account.kind)
    const [address = ''] = credentialUrls(account)
    return { name: account.name, text: `${label}: ${modesOf(account).join(', ')}`, address }
  })
  const textWidth = Math.max(0, ...accounts.map(({ text }) => text.length))
  const rows = [
    ...accounts.map(({ name, text, address }) => [name, `${text.padEnd(textWidth)}  ${address}`] as const),
    ['database', databaseOf(config)] as const,
    ['console', apps.has('console') ? new URL('/', url).href : absenceOf(config.console)] as const,
    ['widget', apps.has('widget') ? new URL('/widget.js', url).href : absenceOf(config.widget)] as const,
    ['mcp', config.mcp ? new URL(MCP_PATH, url).href : 'off'] as const,
  ]
  const nameWidth = Math.max(...rows.map(([name]) => name.length))
  const lines = rows.map(([name, text]) => `  ${name.padEnd(nameWidth)}  ${text}`.trimEnd())
  return [`switchboard ${packageVersion()}`, ...lines].join('\n')
}

/** Only host and name of a database server: its address holds a password. */
function databaseOf({ databaseUrl, dataDir }: Config): string {
  if (databaseUrl === undefined) return `SQLite in ${dataDir}`
  const { host, pathname } = new URL(databaseUrl)
  return `PostgreSQL at ${host}${pathname}`
}

/** Why an app is not served. */
function absenceOf(isWanted: boolean): string {
  return isWanted ? 'not built: run npm run pages' : 'off'
}
