import { parseArgs } from 'node:util'
import { packageVersion } from './gateway/package-version.ts'

const EXIT_INVALID_ARGUMENTS = 2

const HELP = `Usage: switchboard [command]

One GraphQL API over Rocket.Chat livechat and LiveChat (text.com).

Commands
  serve   start the gateway (default). Without a configured provider it emulates both, to try it
  check   validate the settings and ask each provider once, without starting anything.
          Exit code 0: all works, 1: a provider does not, 2: a setting is wrong

Options
  -h, --help      print this text
  -v, --version   print the version

Settings are environment variables, also from a file .env in the current directory:
docs/configuration.md in the package lists them.
`

type Command = 'help' | 'version' | 'serve' | 'check'

/** Runs the command that the arguments name: by default the gateway. Modules of other commands are not loaded. */
export async function runCommand(args: readonly string[]): Promise<void> {
  const command = findCommand(args)
  if (command === 'help') process.stdout.write(HELP)
  else if (command === 'version') process.stdout.write(`${packageVersion()}\n`)
  else if (command === 'serve') await (await import('./run.ts')).run()
  else if (command === 'check') await (await import('./check.ts')).check()
}

/** Null after printing what is wrong with the arguments. */
function findCommand(args: readonly string[]): Command | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'v' } },
    })
    if (values.help) return 'help'
    if (values.version) return 'version'
    const [command = 'serve', ...rest] = positionals
    if ((command === 'serve' || command === 'check') && rest.length === 0) return command
    return rejectArguments(`Unexpected argument '${rest[0] ?? command}'`)
  } catch (error) {
    // Node reports unknown options, and values of options that have none, as a TypeError.
    if (!(error instanceof TypeError)) throw error
    return rejectArguments(error.message)
  }
}

function rejectArguments(problem: string): null {
  process.stderr.write(`${problem}\nRun switchboard --help.\n`)
  process.exitCode = EXIT_INVALID_ARGUMENTS
  return null
}
