import { GraphQLError } from 'graphql'
import { z } from 'zod'
import { builder } from './builder.ts'

const instant = z.iso.datetime({ offset: true })
const day = z.iso.date()

builder.scalarType('DateTime', {
  description: 'An RFC 3339 instant in UTC, e.g. 2026-01-02T03:04:05.678Z. Input may carry another offset.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => new Date(parse(instant, value, 'DateTime', '2026-01-02T03:04:05.678Z')),
})

builder.scalarType('Date', {
  description: 'A calendar day, YYYY-MM-DD.',
  serialize: (value) => value,
  parseValue: (value) => parse(day, value, 'Date', '2026-01-02'),
})

function parse(shape: z.ZodType<string>, value: unknown, name: string, example: string): string {
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  throw new GraphQLError(`${name} takes a string such as ${example}.`)
}
