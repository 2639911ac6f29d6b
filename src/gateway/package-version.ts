import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseJson } from '../domain/json.ts'
import { fieldOf } from '../providers/shared/read-document.ts'
import { packageRoot } from '../server/pages/package-root.ts'

/** The version in `package.json`. */
export function packageVersion(): string {
  const version = fieldOf(parseJson(readFileSync(join(packageRoot(), 'package.json'), 'utf8')), 'version')
  return typeof version === 'string' ? version : ''
}
