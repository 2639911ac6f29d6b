import { describe, expect, it, vi } from 'vitest'
import { readString, required, toObject } from '../../../src/providers/shared/read-document.ts'
import { ResponseFormat } from '../../../src/providers/shared/response-format.ts'
import { ResponseReader } from '../../../src/providers/shared/response-reader.ts'
import { silentLog } from '../../support/log.ts'
import { bodyOf } from '../../support/response-body.ts'

const options = { source: 'thing', log: silentLog }

describe('a response that several callers share', () => {
  it('is parsed and read once', () => {
    const parse = vi.spyOn(JSON, 'parse')
    const readThing = vi.fn((value: unknown) => ({ id: required(readString(toObject(value)['id']), 'id') }))
    const format = new ResponseFormat(readThing)
    const reader = new ResponseReader('provider')
    const body = bodyOf('{"id":"a"}')
    const results = [1, 2, 3].map(() => reader.read(format, body, options))
    expect(new Set(results).size).toBe(1)
    expect(results[0]).toEqual({ id: 'a' })
    expect(readThing).toHaveBeenCalledTimes(1)
    expect(parse).toHaveBeenCalledTimes(1)
    parse.mockRestore()
  })

  it('is read by each of several formats', () => {
    const reader = new ResponseReader('provider')
    const body = bodyOf('{"id":"a","name":"b"}')
    const fieldOf = (name: string) => new ResponseFormat((value) => readString(toObject(value)[name]))
    expect(reader.read(fieldOf('id'), body, options)).toBe('a')
    expect(reader.read(fieldOf('name'), body, options)).toBe('b')
  })

  it('fails for each of them if it cannot be read', () => {
    const reader = new ResponseReader('provider')
    const format = new ResponseFormat((value) => toObject(value))
    const body = bodyOf('[]')
    for (const _ of [1, 2])
      expect(() => reader.read(format, body, options)).toThrow('a response of another shape')
  })
})
