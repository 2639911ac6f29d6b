import { ConfigError, type Environment, loadConfig } from '../../../src/config/index.ts'

/** Gives the lines with which `loadConfig` refuses these settings; none where it takes them. */
export function issueLines(env: Environment, fileText?: string): readonly string[] {
  try {
    loadConfig(env, { readText: () => fileText })
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.issueLines
    throw error
  }
}

/** No file can be read. */
export const noFiles = { readText: () => undefined }
