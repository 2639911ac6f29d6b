import type { ProviderConfig } from '../providers/index.ts'
import type { GatewaySettings } from './gateway-settings.ts'
import type { Operator } from './operators.ts'

/** The gateway's configuration. Durations are milliseconds. Each setting is described in `gateway-settings.ts`. */
export interface Config
  extends Omit<
    GatewaySettings,
    'introspection' | 'console' | 'widget' | 'mcp' | 'drainSeconds' | 'operators'
  > {
  readonly operators: readonly Operator[]
  readonly providers: readonly ProviderConfig[]
  /** True when no provider is configured: the gateway then starts emulated providers. */
  readonly sandbox: boolean
  /** Who may use introspection. */
  readonly introspection: 'anyone' | 'operators' | 'off'
  /** Whether the console is served. */
  readonly console: boolean
  /** Whether the Model Context Protocol is served. */
  readonly mcp: boolean
  /** Whether the widget's script is served, and a page with it. */
  readonly widget: boolean
  /** Seconds in which a stopping gateway announces the stop and then closes its connections; 0 closes them at once. */
  readonly drainSeconds: number
  /** SHA-256 of a document's text, in lower-case hex, to the text. Not empty unless `trustedDocuments` is `off`. */
  readonly documentsById: ReadonlyMap<string, string>
}

/** Who may use introspection. */
export type Introspection = Config['introspection']

/** Who may run trusted documents only: nobody, visitors and anonymous callers, or everybody. */
export type TrustedDocumentsMode = Config['trustedDocuments']

/** Mutations per minute of one client address without a credential, one visitor token and one operator. */
export type MutationRateLimits = Config['rateLimits']
