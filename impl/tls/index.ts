/** TLS 1.3 as the rest of the world may use it: an end for HSMs, which their manufacturer builds in, and one for clients. */
export { openTls, tlsClientParts, type TlsClientParts } from './client.ts'
export { tlsTerminal, terminalParts, pemOf, type TerminalParts } from './terminal.ts'
export { PROTOCOL } from './protocol.ts'
export { deframer, frame, MAX_MESSAGE } from './frames.ts'
export { streamOver } from './stream.ts'
