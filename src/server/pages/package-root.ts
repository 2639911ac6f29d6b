import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The directory of `package.json`; the root directory if there is none. This file lies deeper below it when it runs from
 * `dist`.
 */
export function packageRoot(directory = import.meta.dirname): string {
  const parent = dirname(directory)
  return parent === directory || existsSync(join(directory, 'package.json')) ? directory : packageRoot(parent)
}
