import type { Batch, Call } from '../../chat/adapter.ts'
import type { Department } from '../../chat/model.ts'
import { ShortMemory } from '../short-memory.ts'
import type { AgentClient } from './agent-client.ts'
import { PAGE, readAll } from './agent-pages.ts'
import { departmentPage } from './agent-wire.ts'
import type { Departments } from './departments.ts'

/** How long a department is taken to be as it was, or to be absent. */
const LIFETIME_MS = 60_000
const MOST_REMEMBERED = 10_000
const NEEDS = 'view-livechat-departments or view-l-room'

interface WireDepartment {
  readonly _id: string
  readonly name?: string | null | undefined
}

/**
 * Departments as agents see them, hidden and disabled ones too (docs/providers/rocketchat.md 4.3): by ids, in
 * as few calls as it takes.
 */
export class AgentDepartments implements Departments {
  readonly #client: AgentClient
  readonly #provider: string
  readonly #known = new ShortMemory<Department | null>(LIFETIME_MS, MOST_REMEMBERED)

  constructor(client: AgentClient, provider: string) {
    this.#client = client
    this.#provider = provider
  }

  async list(call: Call): Promise<readonly Department[]> {
    const all = await readAll(async (offset) => {
      const query = { count: PAGE, offset }
      const request = { method: 'GET', route: '/api/v1/livechat/department', query, needs: NEEDS } as const
      const { departments, total = null } = await this.#client.send(request, departmentPage, call)
      return { ...departments, total }
    })
    return all.map((department) => this.learn(department))
  }

  async byIds(ids: readonly string[], call: Call): Promise<Batch<Department>> {
    const unknown = ids.filter((id) => this.#known.get(id) === undefined)
    const found = new Map<string, Department>()
    for (let start = 0; start < unknown.length; start += PAGE) {
      const asked = unknown.slice(start, start + PAGE)
      for (const department of await this.#read(asked, call))
        found.set(department._id, this.learn(department))
      for (const id of asked) if (!found.has(id)) this.#known.set(id, null)
    }
    return ids.map((id) => found.get(id) ?? this.#known.get(id) ?? null)
  }

  /** Remembers a department that another answer carried, and gives it. */
  learn({ _id, name = null }: WireDepartment): Department {
    const department: Department = {
      type: 'Department',
      provider: this.#provider,
      nativeId: _id,
      name,
      // No call tells whether anybody of a department is online.
      online: null,
    }
    this.#known.set(_id, department)
    return department
  }

  async #read(ids: readonly string[], call: Call): Promise<readonly WireDepartment[]> {
    const route = '/api/v1/livechat/department.listByIds'
    const request = { method: 'GET', route, query: { ids }, needs: NEEDS } as const
    return (await this.#client.send(request, departmentPage, call)).departments.rows
  }
}
