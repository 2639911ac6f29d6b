import { definitionOf } from '../providers/adapter-factory.ts'
import type { ProviderConfig } from '../providers/index.ts'
import type { Config } from './config.ts'
import { isLoopback } from './loopback.ts'

/** A valid setting that puts credentials at risk. Holds no secret. */
export interface ConfigWarning {
  /** What is at risk, and what to do. */
  readonly message: string
  /** Configured name of the provider concerned; absent for the gateway itself. */
  readonly provider?: string
  /** The host concerned. */
  readonly host: string
}

const PLAIN_HTTP =
  'credentials are sent to this provider over plain http and can be read on the way: configure its https address, or reach it on this machine or through an encrypted tunnel'
const PUBLIC_SANDBOX =
  'the sandbox listens on an address that other machines may reach, and everyone who opens it becomes an operator: set HOST=127.0.0.1, or configure a provider'

/** Finds hosts that receive credentials without encryption, and a sandbox that other machines may reach. */
export function findConfigWarnings({ host, sandbox, providers }: Config): readonly ConfigWarning[] {
  const isPublicSandbox = sandbox && !isLoopback(host)
  return [
    ...(isPublicSandbox ? [{ message: PUBLIC_SANDBOX, host }] : []),
    ...providers.flatMap((provider) =>
      plainHosts(provider).map((plain) => ({ message: PLAIN_HTTP, provider: provider.name, host: plain })),
    ),
  ]
}

/** Hosts to which a provider's credentials or its visitors' tokens go unencrypted over a network. */
function plainHosts(provider: ProviderConfig): readonly string[] {
  const urls = definitionOf(provider.kind)
    .credentialUrls(provider)
    .map((url) => new URL(url))
  const plain = urls.filter(({ protocol }) => protocol === 'http:').map(({ hostname }) => hostname)
  return [...new Set(plain)].filter((hostname) => !isLoopback(hostname))
}
