/** What the service sees of a run, step by step: all that is emitted, what it answers, what it has to do, and its own hardware. */
import { RULES } from '../../../model/index.ts'
import type { Answer, Emission, Observation, Pending, Request, Target, TargetFactory } from '../port.ts'

/** One call of the target, as the service sees it. */
export interface SeenStep {
  /** What was asked or settled. What a client asks an HSM it does not see, nor how that is answered. */
  readonly answer: Answer | null
  readonly emitted: readonly Emission[]
  /** What is due afterwards, in words, sorted: with that the service knows how far each of its jobs is. */
  readonly pending: readonly string[]
  /** The service's own unit of hardware, as it is observed afterwards. */
  bench: Observation['bench'] | null
}

const DATA: readonly string[] = [...RULES.data, ...RULES.quorum]

const sayPending = ({ effect, subject }: Pending): string => `${effect} ${subject}`

/** The answer without what it lists, which is emitted as well. */
const withoutResult = (answer: Answer): Answer => (answer.kind === 'accepted' ? { kind: 'accepted' } : answer)

const AS_ASKED = (request: Request): Request => request

/** The same target, and what is seen of it: filled as the target is asked. `rename` puts other requests in the place of those. */
export const watchedBy = (factory: TargetFactory, steps: SeenStep[], rename = AS_ASKED): TargetFactory => {
  return async options => {
    const target: Target = await factory(options)
    let seen = 0
    const { sealings } = target
    const note = async (answer: Answer, isSeen: boolean): Promise<Answer> => {
      const view = await target.view()
      const [emitted, pending] = [view.slice(seen), (await target.pending()).map(sayPending).toSorted()]
      seen = view.length
      steps.push({ answer: isSeen ? withoutResult(answer) : null, emitted, pending, bench: null })
      return answer
    }
    return {
      name: target.name,
      profile: target.profile,
      apply: async (request: Request) => note(await target.apply(rename(request)), !DATA.includes(request.op)),
      settle: async due => note(await target.settle(due), true),
      pending: () => target.pending(),
      observe: async () => {
        const observed = await target.observe()
        const last = steps.at(-1)
        if (last !== undefined) last.bench = observed.bench
        return observed
      },
      view: () => target.view(),
      ...(sealings && { sealings: () => sealings.call(target) }),
    }
  }
}
