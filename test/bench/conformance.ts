/** Steps of the suite against the reference, beside the same requests made without comparing anything. */
import { cloudHsm, scopeNamed } from '../../model/index.ts'
import { conform, referenceTarget, survey, type Request, type Pending, type Target } from '../conformance/index.ts'
import { measure, type Measure } from './measure.ts'

type Asked = { readonly request: Request } | { readonly pending: Pending }

/** A target that notes what it is asked. */
const listening = (asked: (Asked | null)[]) => async (options: { readonly seed: number }) => {
  const target = await referenceTarget()(options)
  asked.push(null)
  const noted: Target = {
    ...target,
    apply: request => {
      asked.push({ request })
      return target.apply(request)
    },
    settle: pending => {
      asked.push({ pending })
      return target.settle(pending)
    },
  }
  return noted
}

export const conformance = async (): Promise<readonly Measure[]> => {
  const scope = scopeNamed('smoke.newest')
  if (scope === undefined) throw new Error('expected smoke.newest')
  const planned = survey(cloudHsm(), [scope])
  const options = { scopes: [scope], seed: 1, runs: 100, surveyOf: () => planned }
  const asked: (Asked | null)[] = []
  await conform({ ...options, target: listening(asked) })
  const bare = await measure('requests to the reference, nothing compared', 'steps/s', async () => {
    let target: Target | null = null
    for (const ask of asked) {
      if (ask === null) target = await referenceTarget()({ seed: 1 })
      else if ('request' in ask) await target?.apply(ask.request)
      else await target?.settle(ask.pending)
    }
    return asked.length
  })
  const judged = await measure(
    'conformance steps, all compared',
    'steps/s',
    async () => (await conform({ ...options, target: referenceTarget() })).steps,
    bare,
  )
  return [bare, judged]
}
