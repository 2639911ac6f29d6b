import { inspect } from 'node:util'
import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino'

const NAME = /(?:token|api[_-]?key|secret(?:[_-]?key)?|password|authorization)/.source
const SEPARATOR = /\s*(?:[=:]|%3D)\s*/.source

/**
 * Whatever looks like a credential in free text: a quoted value (JSON, also as text within JSON; `inspect`), an
 * unquoted one (query strings, headers), and what follows an authorization scheme.
 */
const SECRETS = new RegExp(
  [
    `(${NAME}\\\\*["']?${SEPARATOR}\\\\*(["']))(?:(?!\\2)[^\\\\\\n])+`,
    `(${NAME}${SEPARATOR})(?:(?:Bearer|Basic)\\s+)?[^\\s"'\\\\[{][^\\s"\\\\]*`,
    `\\b((?:Bearer|Basic)\\s+)[^\\s"'\\\\[,][^\\s"\\\\]*`,
  ].join('|'),
  'gi',
)

/** Takes credentials out of a text. */
export function redactSecrets(text: string): string {
  return text.replace(
    SECRETS,
    (_whole, quoted?: string, _quote?: string, plain?: string, scheme?: string) =>
      `${quoted ?? plain ?? scheme}[redacted]`,
  )
}

/** The process's log, JSON lines. What is called like a secret, or reads like one, never gets in. */
export function createLog(level: string, destination: DestinationStream): Logger {
  const secretNames = [
    'token',
    'visitorToken',
    'authToken',
    'authorization',
    'apiKey',
    'key',
    'secret',
    'password',
  ]
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      redact: {
        paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[redacted]',
      },
      serializers: { err: describeError },
      hooks: { streamWrite: scrubLine },
    },
    destination,
  )
}

function scrubLine(line: string): string {
  const told: unknown = JSON.parse(line)
  return `${JSON.stringify(told, (_name, value: unknown) => (typeof value === 'string' ? redactSecrets(value) : value))}\n`
}

/** The message with those of its causes, and the stack; what else an error carries may be anything. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error, message: inspect(error, { depth: 1 }) }
  const { type, message, stack } = stdSerializers.err(error)
  return { type, message, stack }
}
