import { ConfigError, type Environment, loadConfig } from '../../../src/config/index.ts'

/** Returns the issue lines with which `loadConfig` refuses these settings; none for valid ones. */
export function issueLines(env: Environment, fileText?: string): readonly string[] {
  try {
    loadConfig(env, { readText: () => fileText })
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.issueLines
    throw error
  }
}

/** A file reader without any file. */
export const noFiles = { readText: () => undefined }
