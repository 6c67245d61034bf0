/** The service while it is out: it refuses every request, and what it has to do later waits. */
import { refused } from '../hsm/index.ts'
import { encodeAnswer } from './recorder.ts'
import type { Service } from './service.ts'
import type { Site } from './site.ts'

/** What is refused with a code. */
const REQUESTS = [
  'createCluster',
  'initializeCluster',
  'deleteCluster',
  'modifyCluster',
  'modifyHsmType',
  'createHsm',
  'deleteHsm',
  'deleteBackup',
  'restoreBackup',
  'modifyBackupAttributes',
  'copyBackupToRegion',
  'putResourcePolicy',
  'getResourcePolicy',
  'deleteResourcePolicy',
] as const satisfies readonly (keyof Service)[]

/** What answers with a list, and so has no code to refuse with. */
const LISTS = ['describeClusters', 'describeBackups'] as const satisfies readonly (keyof Service)[]

type Asked = (...asked: readonly unknown[]) => unknown

/** The same service, which is out after a crash and until it recovers. §job.outage §job.idle */
export const throughOutages = ({ parts, stores, recorder }: Site, service: Service): Service => {
  const isOut = (): boolean => parts.isOut(stores.journal)
  const refusing = REQUESTS.map(name => {
    const serve = service[name] as unknown as Asked
    const refuse = () => {
      recorder.record('error', '', encodeAnswer([name, 'InternalFailure'])) // §boundary.recorder
      return refused('InternalFailure')
    }
    return [name, (...asked: readonly unknown[]) => (isOut() ? refuse() : serve(...asked))] as const
  })
  const failing = LISTS.map(name => {
    const serve = service[name] as unknown as Asked
    const list: Asked = (...asked) => {
      if (isOut()) throw new Error(`expected a service that is not out for ${name}`)
      return serve(...asked)
    }
    return [name, list] as const
  })
  return {
    ...service,
    ...(Object.fromEntries([...refusing, ...failing]) as Partial<Service>),
    isOut,
    pending: () => (parts.mayWork(stores.journal) ? service.pending() : []),
  }
}
