export type {
  AgentCredential,
  Config,
  Introspection,
  JwtConfig,
  LiveChatConfig,
  LiveChatCredential,
  LogLevel,
  MutationRateLimits as RateLimits,
  OfflineSource,
  Operator,
  Permission,
  ProviderConfig,
  ProviderKind,
  RocketChatConfig,
  TrustedDocumentsMode,
} from './config.ts'
export { type Environment, readEnvironment } from './environment.ts'
export { ConfigError, type ConfigIssue as Fault } from './error.ts'
export { type FileReader as Files, knownVariables, loadConfig } from './load.ts'
export { keyDigest } from './operator-key.ts'
export { type ConfigWarning, findConfigWarnings as configWarnings } from './warnings.ts'
