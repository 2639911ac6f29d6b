/**
 * The urgency of an upstream request.
 * - `interactive`: a query or mutation waits for it
 * - `subscribe`: a new subscription waits for it; it must leave the interactive reserve of a published limit
 * - `background`: a poll; it queues after all others
 */
export type Priority = 'interactive' | 'subscribe' | 'background'
