export type {
  Config,
  Introspection,
  LiveChatConfig,
  LiveChatCredential,
  LogLevel,
  OfflineSource,
  Operator,
  ProviderConfig,
  ProviderKind,
  RateLimits,
  RocketChatConfig,
  TrustedDocumentsMode,
} from './config.ts'
export { type Environment, readEnvironment } from './environment.ts'
export { ConfigError, type Fault } from './error.ts'
export { type Files, knownVariables, loadConfig } from './load.ts'
export { type ConfigWarning, configWarnings } from './warnings.ts'
