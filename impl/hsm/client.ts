/** What of the boundary is for clients alone: their end of a channel, which claims the key. The service may not import it. */
export { openClientChannel, type ClientChannel } from './channel.ts'
