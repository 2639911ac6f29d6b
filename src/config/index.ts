export type {
  AgentCredential,
  Config,
  Introspection,
  JwtConfig,
  LiveChatConfig,
  LiveChatCredential,
  LogLevel,
  OfflineSource,
  Operator,
  Permission,
  ProviderConfig,
  ProviderKind,
  RateLimits,
  RocketChatConfig,
  TrustedDocumentsMode,
} from './config.ts'
export { type Environment, readEnvironment } from './environment.ts'
export { ConfigError, type Fault } from './error.ts'
export { type Files, knownVariables, loadConfig } from './load.ts'
export { keyDigest } from './operator-key.ts'
export { type ConfigWarning, configWarnings } from './warnings.ts'
