/** The client as the rest of the world may use it. */
export { converse, createClient, type Client, type ClientCode, type Terms } from './client.ts'
export type { Approval, Approving } from './approval.ts'
export type { Carry, Channel, ChannelCode, OpenChannel, Peer } from './channel.ts'
export { converseOver, isPinned, type Conversation } from './channel.ts'
export { openIdeal, type Agreeing, type IdealOptions } from './ideal.ts'
export { defaultClientParts, isPeer, type ClientParts, type Trust } from './seams.ts'
