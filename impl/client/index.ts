/** The client as the rest of the world may use it. */
export { converse, createClient, type Client, type ClientCode, type Terms } from './client.ts'
export type { Approval, Approving } from './approval.ts'
export { defaultClientParts, type ClientParts, type Trust } from './seams.ts'
