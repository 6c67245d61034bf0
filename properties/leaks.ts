/** What the service sees by design: each item of the list is shown to occur. That it sees nothing else takes two runs. */
import { DATA } from './client.ts'
import { sometimesStep, type Property } from './property.ts'

export const leaks: readonly Property[] = [
  sometimesStep({
    id: '§leak.size',
    says: 'A backup leaves its HSM, in a message of its own kind.',
    rules: ['BackupSealed'],
    reads: ['emitted'],
    reached: ({ emitted }) => emitted.some(({ event }) => event.type === 'backup'),
  }),
  sometimesStep({
    id: '§leak.time',
    says: 'What is due takes place in a step of its own, and not before.',
    rules: ['HsmDeleted'],
    reads: ['outcome'],
    reached: ({ outcome }) => outcome.kind === 'accepted',
  }),
  sometimesStep({
    id: '§leak.count',
    says: 'One operation of a client has more than one HSM say something.',
    rules: DATA,
    reads: ['emitted'],
    reached: ({ emitted }) => new Set(emitted.map(({ slot }) => slot)).size > 1,
  }),
  sometimesStep({
    id: '§leak.audit',
    says: 'An HSM answers a user with a code that says why it does not do what was asked.',
    rules: ['ChangePassword'],
    reads: ['outcome'],
    reached: ({ outcome }) => outcome.kind === 'refused' && outcome.code === 'NOT_PERMITTED',
  }),
  sometimesStep({
    id: '§leak.login',
    says: 'A login fails, and its outcome is another than that of one that succeeds.',
    rules: ['LogIn'],
    reads: ['outcome'],
    reached: ({ outcome }) => outcome.kind === 'failed',
  }),
  sometimesStep({
    id: '§leak.digests',
    says: 'The service brings the key to an HSM that lacks it, so it knows which one does.',
    rules: ['KeysSynchronised'],
    reads: ['outcome', 'emitted'],
    reached: ({ outcome, emitted }) => outcome.kind === 'accepted' && emitted.length > 0,
  }),
  sometimesStep({
    id: '§leak.preco',
    says: 'The first officer is made by somebody who gives no password of PRECO.',
    rules: ['Activate'],
    reads: ['outcome'],
    reached: ({ input, outcome }) => outcome.kind === 'accepted' && !('password' in input),
  }),
  sometimesStep({
    id: '§leak.certificates',
    says: 'A cluster shows its certificate.',
    rules: ['ClusterInitialized'],
    reads: ['seen', 'cluster', 'hsm', 'outcome'],
    reached: ({ after, input, outcome }) =>
      outcome.kind === 'accepted' && after.seen.cluster(input.cluster)?.certificate === true,
  }),
  sometimesStep({
    id: '§leak.api',
    says: 'A request is answered with a list.',
    rules: ['DescribeClusters', 'DescribeBackups'],
    reads: ['outcome'],
    reached: ({ outcome }) => outcome.kind === 'accepted',
  }),
]
