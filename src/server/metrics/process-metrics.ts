import { collectDefaultMetrics, Registry } from 'prom-client'

let registry: Registry | null = null

/**
 * The standard metrics of a Node.js process: CPU, memory, event-loop lag, garbage collection, handles. They exist once
 * per process, because their observers cannot be stopped.
 */
export function processMetrics(): Registry {
  if (registry) return registry
  registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return registry
}
