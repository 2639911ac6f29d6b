import type { Batch, CallContext } from '../../../domain/adapter.ts'
import type { Department } from '../../../domain/model.ts'
import { TtlCache } from '../../shared/ttl-cache.ts'
import type { DepartmentDirectory } from '../visitor/public-departments.ts'
import type { WireDepartment } from '../wire.ts'
import type { AgentClient } from './agent-client.ts'
import { departmentListResponse } from './agent-wire.ts'
import { PAGE_SIZE, readAllRows } from './offset-pages.ts'

const CACHE_TTL_MS = 60_000
const MAX_CACHED = 10_000
const PERMISSION = 'view-livechat-departments or view-l-room'

/**
 * All departments, hidden and disabled ones included (docs/providers/rocketchat.md 4.3). Reads them by ids in as few
 * requests as possible, and remembers each for a minute.
 */
export class AgentDepartments implements DepartmentDirectory {
  readonly #client: AgentClient
  readonly #provider: string
  /** Null for an id that the server does not have. */
  readonly #cache = new TtlCache<Department | null>(CACHE_TTL_MS, MAX_CACHED)

  constructor(client: AgentClient, provider: string) {
    this.#client = client
    this.#provider = provider
  }

  async list(call: CallContext): Promise<readonly Department[]> {
    const all = await readAllRows((offset) => {
      const request = {
        method: 'GET',
        route: '/api/v1/livechat/department',
        query: { count: PAGE_SIZE, offset },
        permission: PERMISSION,
      } as const
      return this.#client.send(request, departmentListResponse, call)
    })
    return all.map((department) => this.remember(department))
  }

  async getByIds(ids: readonly string[], call: CallContext): Promise<Batch<Department>> {
    const missing = ids.filter((id) => this.#cache.get(id) === undefined)
    const found = new Map<string, Department>()
    for (let start = 0; start < missing.length; start += PAGE_SIZE) {
      const requested = missing.slice(start, start + PAGE_SIZE)
      for (const department of await this.#read(requested, call))
        found.set(department._id, this.remember(department))
      for (const id of requested) if (!found.has(id)) this.#cache.set(id, null)
    }
    return ids.map((id) => found.get(id) ?? this.#cache.get(id) ?? null)
  }

  /** Maps and caches a department that any response carries. */
  remember({ _id, name }: WireDepartment): Department {
    const department: Department = { type: 'Department', provider: this.#provider, nativeId: _id, name }
    this.#cache.set(_id, department)
    return department
  }

  async #read(ids: readonly string[], call: CallContext): Promise<readonly WireDepartment[]> {
    const route = '/api/v1/livechat/department.listByIds'
    const request = { method: 'GET', route, query: { ids }, permission: PERMISSION } as const
    return (await this.#client.send(request, departmentListResponse, call)).rows
  }
}
