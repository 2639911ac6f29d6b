import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino'

/** Whatever looks like a credential in free text: query strings, authorization headers, tokens in JSON. */
const SECRETS =
  /((?:token|api[_-]?key|secret(?:_key)?|password)["']?\s*[=:]\s*["']?)[^\s"'&,}]+|\b(Bearer|Basic)\s+[\w.~+/=:-]+/gi

/** Takes credentials out of a text. */
export function scrub(text: string): string {
  return text.replace(
    SECRETS,
    (_whole, label: string | undefined, scheme: string | undefined) => `${label ?? `${scheme} `}[redacted]`,
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
      serializers: { err: (error: Error) => scrubError(stdSerializers.err(error)) },
    },
    destination,
  )
}

function scrubError(error: ReturnType<typeof stdSerializers.err>): object {
  return { type: error.type, message: scrub(error.message), stack: scrub(error.stack ?? '') }
}
