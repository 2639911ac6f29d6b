import type { Batch, CallContext } from '../../../domain/adapter.ts'
import type { Department } from '../../../domain/model.ts'
import { TtlCache } from '../../shared/ttl-cache.ts'
import type { DepartmentDirectory } from '../visitor/public-departments.ts'
import type { AgentClient } from './agent-client.ts'
import { departmentListResponse } from './agent-wire.ts'
import { PAGE_SIZE, readAllRows } from './offset-pages.ts'

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
export class AgentDepartments implements DepartmentDirectory {
  readonly #client: AgentClient
  readonly #provider: string
  readonly #known = new TtlCache<Department | null>(LIFETIME_MS, MOST_REMEMBERED)

  constructor(client: AgentClient, provider: string) {
    this.#client = client
    this.#provider = provider
  }

  async list(call: CallContext): Promise<readonly Department[]> {
    const all = await readAllRows(async (offset) => {
      const query = { count: PAGE_SIZE, offset }
      const request = {
        method: 'GET',
        route: '/api/v1/livechat/department',
        query,
        permission: NEEDS,
      } as const
      const { departments, total = null } = await this.#client.send(request, departmentListResponse, call)
      return { ...departments, total }
    })
    return all.map((department) => this.remember(department))
  }

  async getByIds(ids: readonly string[], call: CallContext): Promise<Batch<Department>> {
    const unknown = ids.filter((id) => this.#known.get(id) === undefined)
    const found = new Map<string, Department>()
    for (let start = 0; start < unknown.length; start += PAGE_SIZE) {
      const asked = unknown.slice(start, start + PAGE_SIZE)
      for (const department of await this.#read(asked, call))
        found.set(department._id, this.remember(department))
      for (const id of asked) if (!found.has(id)) this.#known.set(id, null)
    }
    return ids.map((id) => found.get(id) ?? this.#known.get(id) ?? null)
  }

  /** Remembers a department that another answer carried, and gives it. */
  remember({ _id, name = null }: WireDepartment): Department {
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

  async #read(ids: readonly string[], call: CallContext): Promise<readonly WireDepartment[]> {
    const route = '/api/v1/livechat/department.listByIds'
    const request = { method: 'GET', route, query: { ids }, permission: NEEDS } as const
    return (await this.#client.send(request, departmentListResponse, call)).departments.rows
  }
}
