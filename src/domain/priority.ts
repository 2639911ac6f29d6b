/**
 * How urgent an upstream request is.
 * - `interactive`: a query or mutation waits for it
 * - `subscribe`: a new subscription waits for it; it leaves the interactive reserve of a published limit untouched
 * - `background`: a poll; it waits behind all others
 */
export type Priority = 'interactive' | 'subscribe' | 'background'
