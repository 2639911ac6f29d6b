import { definitionOf } from '../providers/adapter-factory.ts'
import type { ProviderConfig } from '../providers/index.ts'
import type { Config } from './config.ts'
import { isLoopback } from './loopback.ts'

/** A valid setting that puts credentials at risk, or that has no effect. Holds no secret. */
export interface ConfigWarning {
  /** The problem, and what to do about it. */
  readonly message: string
  /** Configured name of the provider concerned; absent for the gateway itself. */
  readonly provider?: string
  /** The host concerned. */
  readonly host?: string
  /** Name of the operator concerned. */
  readonly operator?: string
}

const PLAIN_HTTP =
  'credentials are sent to this provider over plain http and can be read on the way: configure its https address, or reach it on this machine or through an encrypted tunnel'
const PUBLIC_SANDBOX =
  'the sandbox listens on an address that other machines may reach, and everyone who opens it becomes an operator: set HOST=127.0.0.1, or configure a provider'
const PUBLISHED_KEY =
  'the key of this operator is the example of the documentation, which everyone can read: replace it, for example by the output of openssl rand -hex 24'
/** The examples of `OPERATOR_KEYS` and `VISITOR_SECRET` in `.env.example` and docs/configuration.md. */
const publishedKeys = new Set(['the-output-of-openssl-rand-hex-24', 'the-output-of-openssl-rand-hex-32'])

const AGENT_WITHOUT_SERVICE_ACCOUNT =
  'an agent in OPERATORS_FILE has no effect: operators read this provider as its service account, which is not configured'

/**
 * Finds hosts that receive credentials without encryption, a sandbox that other machines may reach, keys that are published, and
 * operators' agents that are never used.
 */
export function findConfigWarnings({
  host,
  sandbox,
  providers,
  operators,
}: Config): readonly ConfigWarning[] {
  const isPublicSandbox = sandbox && !isLoopback(host)
  return [
    ...(isPublicSandbox ? [{ message: PUBLIC_SANDBOX, host }] : []),
    ...operators
      .filter(({ key }) => key !== undefined && publishedKeys.has(key))
      .map(({ name: operator }) => ({ message: PUBLISHED_KEY, operator })),
    ...providers.flatMap((provider) =>
      plainHosts(provider).map((plain) => ({ message: PLAIN_HTTP, provider: provider.name, host: plain })),
    ),
    ...providers.flatMap((provider) => findUnusedAgents(provider, operators)),
  ]
}

function findUnusedAgents(account: ProviderConfig, operators: Config['operators']): readonly ConfigWarning[] {
  if (definitionOf(account.kind).hasServiceAccount(account)) return []
  const provider = account.name
  return operators
    .filter(({ agents = {} }) => Object.hasOwn(agents, provider))
    .map(({ name: operator }) => ({ message: AGENT_WITHOUT_SERVICE_ACCOUNT, provider, operator }))
}

/** Hosts to which a provider's credentials or its visitors' tokens go unencrypted over a network. */
function plainHosts(provider: ProviderConfig): readonly string[] {
  const urls = definitionOf(provider.kind)
    .credentialUrls(provider)
    .map((url) => new URL(url))
  const plain = urls.filter(({ protocol }) => protocol === 'http:').map(({ hostname }) => hostname)
  return [...new Set(plain)].filter((hostname) => !isLoopback(hostname))
}
