import type { Config, LiveChatConfig, ProviderConfig } from './config.ts'
import { isLoopback } from './loopback.ts'

/** A valid setting that puts credentials at risk. Holds no secret. */
export interface ConfigWarning {
  /** What is at risk, and what to do. */
  readonly message: string
  /** The configured name of the provider that it is about; absent where it is about the gateway itself. */
  readonly provider?: string
  /** The host that it is about. */
  readonly host: string
}

const PLAIN_HTTP =
  'credentials are sent to this provider over plain http, readable on the way: configure its https address, or reach it on this machine or through an encrypted tunnel'
const PUBLIC_SANDBOX =
  'the sandbox listens on an address that other machines may reach, and it makes everybody who opens it an operator: set HOST=127.0.0.1, or configure a provider'

/** The warnings of a configuration, one for each host of a provider; none where every address is https or on this machine. */
export function findConfigWarnings({ host, sandbox, providers }: Config): readonly ConfigWarning[] {
  const isPublicSandbox = sandbox && !isLoopback(host)
  return [
    ...(isPublicSandbox ? [{ message: PUBLIC_SANDBOX, host }] : []),
    ...providers.flatMap((provider) =>
      plainHosts(provider).map((plain) => ({ message: PLAIN_HTTP, provider: provider.name, host: plain })),
    ),
  ]
}

/** The hosts to which a provider's credentials or its visitors' tokens go unencrypted over a network. */
function plainHosts(provider: ProviderConfig): readonly string[] {
  // Visitors' tokens go to a Rocket.Chat even without a service account.
  const addresses = provider.kind === 'ROCKET_CHAT' ? [provider.url] : addressesOf(provider)
  const plain = addresses.map((address) => new URL(address)).filter(({ protocol }) => protocol === 'http:')
  return [...new Set(plain.map(({ hostname }) => hostname))].filter((hostname) => !isLoopback(hostname))
}

/** The addresses that are called, each with a credential. */
function addressesOf(licence: LiveChatConfig): readonly string[] {
  const { credential, organizationId, oauth, classic, offlineSource } = licence
  return [
    ...(credential || organizationId ? [licence.apiUrl] : []),
    ...(oauth ? [licence.accountsUrl] : []),
    ...(offlineSource === 'helpdesk' && credential ? [licence.helpdeskUrl] : []),
    ...(offlineSource === 'rest_v1' && classic ? [licence.restUrl] : []),
  ]
}
