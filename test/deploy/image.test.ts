import { readFileSync } from 'node:fs'
import { validate } from 'dockerfile-utils'
import { expect, it } from 'vitest'

const dockerfile = readFileSync('Dockerfile', 'utf8')

it('the Dockerfile passes the linter', () => {
  expect(validate(dockerfile).map(({ message }) => message)).toEqual([])
})

it('the image runs a numeric user, which Kubernetes can tell from root', () => {
  expect(dockerfile).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m)
})
