import { GraphQLError } from 'graphql'
import { z } from 'zod'
import { builder } from './builder.ts'

const instant = z.iso.datetime({ offset: true })
const day = z.iso.date()

builder.scalarType('DateTime', {
  description:
    'Instant as RFC 3339 text in UTC, for example 2026-01-02T03:04:05.678Z. Input may use another offset.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => new Date(parse(instant, value, 'DateTime', '2026-01-02T03:04:05.678Z')),
})

builder.scalarType('Date', {
  description: 'Calendar day as YYYY-MM-DD, for example 2026-01-02.',
  serialize: (value) => value,
  parseValue: (value) => parse(day, value, 'Date', '2026-01-02'),
})

function parse(schema: z.ZodType<string>, value: unknown, name: string, example: string): string {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new GraphQLError(`${name} must be a string such as ${example}.`)
}
