import { inspect } from 'node:util'
import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino'
import type { Span, Tracing } from './tracing/tracing.ts'

const NAME = /(?:token|api[_-]?key|secret(?:[_-]?key)?|password|authorization)/.source
const SEPARATOR = /\s*(?:[=:]|%3D)\s*/.source

/**
 * Matches text that looks like a credential: a quoted value after a name (JSON, also JSON within a JSON string, and the
 * output of `inspect`), an unquoted one (query strings, headers), and the text after an authorization scheme.
 */
const SECRETS = new RegExp(
  [
    `(${NAME}\\\\*["']?${SEPARATOR}\\\\*(["']))(?:(?!\\2)[^\\\\\\n])+`,
    `(${NAME}${SEPARATOR})(?:(?:Bearer|Basic)\\s+)?[^\\s"'\\\\[{][^\\s"\\\\]*`,
    `\\b((?:Bearer|Basic)\\s+)[^\\s"'\\\\[,][^\\s"\\\\]*`,
  ].join('|'),
  'gi',
)

/** Replaces credentials in a text. */
export function redactSecrets(text: string): string {
  return text.replace(
    SECRETS,
    (_whole, quoted?: string, _quote?: string, plain?: string, scheme?: string) =>
      `${quoted ?? plain ?? scheme}[redacted]`,
  )
}

/**
 * Creates the log of the process, as JSON lines. Values that have the name or the form of a secret are redacted. `tracing` adds
 * the ids of the active span to each line.
 */
export function createLog(
  level: string,
  destination: DestinationStream,
  tracing: Pick<Tracing, 'active'> | null = null,
): Logger {
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
      hooks: { streamWrite: redactLine },
      ...(tracing && { mixin: () => idsOf(tracing.active) }),
    },
    destination,
  )
}

function idsOf(span: Span | null): object {
  if (!span) return {}
  const { traceId, spanId } = span.reference
  return { traceId, spanId }
}

function redactLine(line: string): string {
  const entry: unknown = JSON.parse(line)
  return `${JSON.stringify(entry, (_name, value: unknown) => (typeof value === 'string' ? redactSecrets(value) : value))}\n`
}

/** Serializes the messages of an error and its causes, and the stack. Other properties may contain anything. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error, message: inspect(error, { depth: 1 }) }
  const { type, message, stack } = stdSerializers.err(error)
  return { type, message, stack }
}
