/** The audit logs of HSMs: collected after everything that an HSM did, and read for what the service has to know. */
import { decodeValue } from '../hsm/index.ts'
import { putHsm, unitOf, type Site } from './site.ts'

/** Operations that changed the contents, under their names in the log. */
const WRITES: readonly unknown[] = [
  'CN_CHANGE_PSWD',
  'CN_CREATE_USER',
  'CN_DELETE_USER',
  'CN_GENERATE_KEY',
  'CN_TOMBSTONE_OBJECT',
  'CN_SET_POLICY',
  'CN_SET_M_VALUE',
]

/** Records the new entries of an HSM's log. True if one of them is a client's write that succeeded. */
export const collectAudit = (site: Site, hsmId: string): boolean => {
  const done = unitOf(site, hsmId)
    .drainAudit()
    .map(entry => {
      site.recorder.record('audit', hsmId, entry)
      return operationDone(entry)
    })
  if (done.includes('CN_CHANGE_PSWD')) noteActivation(site, hsmId)
  return done.some(operation => WRITES.includes(operation))
}

/** The operation of an entry, if it succeeded. */
const operationDone = (entry: Uint8Array): unknown => {
  const fields = decodeValue(entry)
  const [, operation, , response] = Array.isArray(fields) ? (fields as readonly unknown[]) : []
  return response === 'SUCCESS' ? operation : null
}

const noteActivation = (site: Site, hsmId: string): void => {
  const hsm = site.stores.hsms.get(hsmId)
  if (hsm !== undefined) putHsm(site, { ...hsm, activated: true })
}
