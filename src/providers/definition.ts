import type { Logger } from 'pino'
import type { z } from 'zod'
import type { ChatAdapter } from '../domain/adapter.ts'
import type { IdempotentWrites } from '../domain/idempotent-writes.ts'
import type { UpstreamClientOptions } from '../upstream/client.ts'
import type { PushSocketOptions } from '../upstream/push-socket.ts'
import type { RateLimitDetector } from '../upstream/rate-limit/rate-limit-headers.ts'
import { toVariableName } from './shared/setting-values.ts'
import type { AccountTokens } from './shared/visitor-token-owners.ts'

/** One configured account of a provider. */
export interface AccountConfig {
  /** Unique among all accounts; part of global ids and of the webhook address. */
  readonly name: string
  readonly kind: string
}

/** Values of one account's settings by key, not yet parsed; an absent setting has no key. */
export type RawSettings = Readonly<Record<string, unknown>>

/** The first setting works only together with the second. */
export type SettingDependency = readonly [setting: string, required: string]

/** Settings of one account. The environment and PROVIDERS_FILE are both read by them. */
export interface ProviderSettings<Config extends AccountConfig = AccountConfig> {
  /** Environment variables by key; the key is the setting's name in PROVIDERS_FILE. */
  readonly variables: ReadonlyMap<string, string>
  /** Keys of which an account needs at least one. */
  readonly requiresOneOf: readonly [string, ...string[]]
  dependencies(given: RawSettings): readonly SettingDependency[]
  /** Issues name the setting by its key. */
  parse(name: string, given: RawSettings): z.ZodSafeParseResult<Config>
}

/** An agent whose credential an operator has: its id under the definition's `agentIdKey`, and its token. */
export interface AgentCredential {
  readonly agentId: string
  readonly token: string
}

/** The agents that operators write as at one account, by the operator's name; all others write as the service account. */
export type AgentCredentials = ReadonlyMap<string, AgentCredential>

/** Options that all HTTP clients of one account share. */
export type UpstreamOptions = Pick<
  UpstreamClientOptions,
  | 'timeoutMs'
  | 'isRateLimited'
  | 'limitDivision'
  | 'onRequest'
  | 'onRateLimitEvent'
  | 'repeatedBodies'
  | 'traceCall'
>

/** What the gateway gives to an adapter. */
export interface AdapterDependencies {
  /** Runs a write with an idempotency key once. */
  readonly idempotentWrites: IdempotentWrites
  /** Secret shared by all replicas; visitor tokens are derived from it. */
  readonly visitorSecret: Buffer
  /** Keeps visitor tokens of other accounts away from this one. */
  readonly accountTokens: AccountTokens
  readonly upstream: UpstreamOptions
  readonly agentCredentials: AgentCredentials
  /** For what happens outside of calls. */
  readonly log: Logger
  /** Options of the sockets to the provider's push. */
  readonly pushSocketOptions: PushSocketOptions
}

/** All that the gateway knows of one kind of provider. The list of them is `index.ts`. */
export interface ProviderDefinition<Config extends AccountConfig = AccountConfig> {
  /** Value of `ProviderKind` in the GraphQL schema and of `kind` in PROVIDERS_FILE. */
  readonly kind: Config['kind']
  /** The vendor's name for messages. */
  readonly label: string
  /** Name of the one account that the environment can describe. */
  readonly defaultName: string
  readonly settings: ProviderSettings<Config>
  /** Key that identifies the agent of an operator in OPERATORS_FILE, next to `token`. */
  readonly agentIdKey: string
  /** Whether a visitor token has the provider's own format; null where tokens have no recognizable format. */
  readonly hasTokenFormat: ((token: string) => boolean) | null
  /** Least time between two offline messages unless OFFLINE_SPACING_MS says otherwise; 0 for providers without such a limit. */
  readonly offlineSpacingMs: number
  /** Whether a response is a rate-limit response of the provider. */
  readonly isRateLimited: RateLimitDetector
  /** Whether the account has the credential that operators read with: without it they cannot use the account. */
  hasServiceAccount(account: AccountConfig): boolean
  /** Addresses to which credentials or visitor tokens are sent. */
  credentialUrls(account: AccountConfig): readonly string[]
  /** Lists the account's modes, in a few words each: its kinds of callers, and the source of its live events. */
  modesOf(account: AccountConfig): readonly string[]
  /** Creates the adapter of an account of this kind. Throws TypeError for an account of another kind. */
  create(account: AccountConfig, dependencies: AdapterDependencies): ChatAdapter
}

/** A definition as its provider writes it. */
export interface ProviderSpec<Config extends AccountConfig, Shape extends z.ZodRawShape>
  extends Omit<
    ProviderDefinition<Config>,
    'settings' | 'hasServiceAccount' | 'credentialUrls' | 'modesOf' | 'create'
  > {
  readonly settings: SettingsSpec<Config, Shape>
  hasServiceAccount(account: Config): boolean
  credentialUrls(account: Config): readonly string[]
  modesOf(account: Config): readonly string[]
  create(account: Config, dependencies: AdapterDependencies): ChatAdapter
}

/** The settings of an account as its provider writes them. */
export interface SettingsSpec<Config extends AccountConfig, Shape extends z.ZodRawShape>
  extends Pick<ProviderSettings<Config>, 'requiresOneOf' | 'dependencies'> {
  readonly schema: z.ZodObject<Shape>
  readonly variablePrefix: string
  /** Variables that are not the prefix and the key in capitals. */
  readonly otherVariables?: Readonly<Record<string, string>>
  toConfig(name: string, values: z.output<z.ZodObject<Shape>>): Config
}

/** Completes a definition. An account belongs to the definition of its kind, so `create` receives its own config only. */
export function defineProvider<Config extends AccountConfig, Shape extends z.ZodRawShape>(
  spec: ProviderSpec<Config, Shape>,
): ProviderDefinition<Config> {
  const { schema, variablePrefix, otherVariables = {}, toConfig, ...settings } = spec.settings
  const isOwn = (account: AccountConfig): account is Config => account.kind === spec.kind
  const own = (account: AccountConfig): Config => {
    if (isOwn(account)) return account
    throw new TypeError(`account ${account.name} is of kind ${account.kind}, not ${spec.kind}`)
  }
  return {
    ...spec,
    settings: {
      ...settings,
      variables: new Map(
        Object.keys(schema.shape).map((key) => [
          key,
          otherVariables[key] ?? variablePrefix + toVariableName(key),
        ]),
      ),
      parse: (name, given) =>
        schema
          .strict()
          .transform((values) => toConfig(name, values))
          .safeParse(given),
    },
    hasServiceAccount: (account) => spec.hasServiceAccount(own(account)),
    credentialUrls: (account) => spec.credentialUrls(own(account)),
    modesOf: (account) => spec.modesOf(own(account)),
    create: (account, dependencies) => spec.create(own(account), dependencies),
  }
}
