/** Reads what providers send: undefined for a text that is no JSON, or nested too deep to be walked safely. */
export { parseJson } from '../../domain/json.ts'
