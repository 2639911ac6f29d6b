import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import dockerignore from '@balena/dockerignore'
import { Copy, DockerfileParser, type Instruction } from 'dockerfile-ast'

/** How long one step may take on a busy machine. */
const STEP_MS = 600_000

/** Where the steps run, and with which variables of this machine. */
export interface StepOptions {
  /** The folder of the Dockerfile and its `.dockerignore`. */
  readonly context: string
  /** An empty folder for the stages. */
  readonly directory: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** A stage of the build. The folder `root` stands for the root of its file system. */
export interface Stage {
  readonly root: string
  /** The working directory on this machine. */
  readonly cwd: string
  readonly environment: Readonly<Record<string, string>>
  /** The numbers of the user and its group. */
  readonly user: readonly number[]
  readonly entrypoint: readonly string[]
  readonly healthcheck: readonly string[]
}

/**
 * Runs the steps of a Dockerfile in folders, one for each stage, with the programs of this machine in place of those of the base
 * images, and returns the last stage. RUN must use relative paths, because nothing keeps it inside of its folder. Throws for an
 * instruction that it does not know.
 */
export function runSteps(options: StepOptions): Stage {
  const text = readFileSync(join(options.context, 'Dockerfile'), 'utf8')
  const stages = new Map<string, Stage>()
  let name = ''
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    if (instruction.getKeyword() === 'FROM') {
      name = valuesOf(instruction)[2] ?? 'last'
      stages.set(name, openStage(join(options.directory, name)))
      continue
    }
    const stage = stages.get(name)
    if (!stage) throw new Error('the Dockerfile does not begin with FROM')
    stages.set(name, { ...stage, ...runStep(instruction, stage, options, stages) })
  }
  const last = stages.get(name)
  if (!last) throw new Error('the Dockerfile is empty')
  return last
}

function openStage(root: string): Stage {
  mkdirSync(root)
  return { root, cwd: root, environment: {}, user: [], entrypoint: [], healthcheck: [] }
}

/** Runs one step, and returns what it changes of its stage. */
function runStep(
  instruction: Instruction,
  stage: Stage,
  options: StepOptions,
  stages: ReadonlyMap<string, Stage>,
): Partial<Stage> {
  const values = valuesOf(instruction)
  const keyword = instruction.getKeyword()
  if (keyword === 'COPY') return copy(instruction, stage, options, stages)
  if (keyword === 'RUN') return run(instruction, stage, options)
  if (keyword === 'WORKDIR') {
    const cwd = join(stage.root, values[0] ?? '')
    mkdirSync(cwd, { recursive: true })
    return { cwd }
  }
  if (keyword === 'ENV') {
    const pairs = values.map((value) => [value.replace(/=.*/s, ''), value.replace(/^.*?=/s, '')])
    return { environment: { ...stage.environment, ...Object.fromEntries(pairs) } }
  }
  if (keyword === 'USER') return { user: (values[0] ?? '').split(':').map(Number) }
  if (keyword === 'ENTRYPOINT') return { entrypoint: commandOf(instruction) }
  if (keyword === 'HEALTHCHECK') return { healthcheck: commandOf(instruction) }
  if (keyword === 'VOLUME' || keyword === 'EXPOSE') return {}
  throw new Error(`${keyword} is not an instruction that can be run without a container engine`)
}

function run(instruction: Instruction, { cwd, environment }: Stage, options: StepOptions): Partial<Stage> {
  execFileSync('sh', ['-c', instruction.getArgumentsContent() ?? ''], {
    cwd,
    env: { ...options.environment, ...environment },
    timeout: STEP_MS,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return {}
}

/** Copies files, and the contents of folders, from the context or another stage. */
function copy(
  instruction: Instruction,
  stage: Stage,
  { context }: StepOptions,
  stages: ReadonlyMap<string, Stage>,
): Partial<Stage> {
  const flags = instruction instanceof Copy ? instruction.getFlags() : []
  const from = flags.find((flag) => flag.getName() === 'from')?.getValue()
  const source = from === undefined || from === null ? context : stages.get(from)?.root
  if (source === undefined) throw new Error(`there is no stage ${from}`)
  const isIncluded = source === context ? createContextFilter(context) : () => true
  const paths = valuesOf(instruction)
  const target = join(stage.cwd, paths.pop() ?? '')
  for (const path of paths) {
    const entry = join(source, path)
    const destination = statSync(entry).isDirectory() ? target : join(target, basename(path))
    cpSync(entry, destination, { recursive: true, verbatimSymlinks: true, filter: isIncluded })
  }
  return {}
}

/** Which files of the context `.dockerignore` leaves in it, with the folders that lead to them. */
function createContextFilter(context: string): (path: string) => boolean {
  const rules = dockerignore.default().add(readFileSync(join(context, '.dockerignore'), 'utf8'))
  const files = readdirSync(context, { recursive: true, encoding: 'utf8' })
  const included = new Set([context])
  for (const file of rules.filter(files)) {
    const steps = file.split('/')
    for (const [index] of steps.entries()) included.add(join(context, ...steps.slice(0, index + 1)))
  }
  return (path) => included.has(path.replace(/\/$/, ''))
}

/** The command of an ENTRYPOINT or HEALTHCHECK, which Node receives signals from only in the form without a shell. */
function commandOf(instruction: Instruction): readonly string[] {
  const command: unknown = JSON.parse((instruction.getArgumentsContent() ?? '').replace(/^CMD\s+/, ''))
  if (Array.isArray(command) && command.every((word) => typeof word === 'string')) return command
  throw new Error(`${instruction.getKeyword()} must be a list of words`)
}

function valuesOf(instruction: Instruction): string[] {
  return instruction.getArguments().map((argument) => argument.getValue())
}
