/** A command of the printed guide, as arguments of `fetch`. */
export interface PrintedCommand {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Parses the curl commands in the output of the process. */
export function readCommands(text: string): PrintedCommand[] {
  const lines = text.replaceAll(/\\\n\s*/g, ' ').split('\n')
  return lines.flatMap((line) => {
    const [, url] = /^\s*curl -sN? (\S+)/.exec(line) ?? []
    if (!url) return []
    const headers = [...line.matchAll(/-H '([^:']+): ([^']*)'/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ])
    const [, body = ''] = /-d '([^']*)'/.exec(line) ?? []
    return [{ url, headers: Object.fromEntries(headers), body }]
  })
}
