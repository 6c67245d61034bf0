/** Scopes: named bounds, each with the question that it is there for, in three groups by what it takes to explore them. */
import { cloudHsm, initial, step, type CloudHsm } from '../cloudhsm.ts'
import type { Symmetry } from '../explore/fast/index.ts'
import type { State } from '../things.ts'
import { deepCrash, reviewerCrash, smokeCrash } from './crash.ts'
import { deep as deepScopes } from './deep.ts'
import { deepMigration, reviewerMigration, smokeMigration } from './migration.ts'
import { reviewerQuorum, smokeQuorum } from './quorum.ts'
import { reviewer as reviewerScopes } from './reviewer.ts'
import { smoke as smokeScopes } from './smoke.ts'
import type { Scope } from './scope.ts'
import { deepSynchronisation, reviewerSynchronisation, smokeSynchronisation } from './synchronisation.ts'

export type { Scope }

export const smoke: readonly Scope[] = [
  ...smokeScopes,
  ...smokeQuorum,
  ...smokeMigration,
  ...smokeSynchronisation,
  ...smokeCrash,
]
export const reviewer: readonly Scope[] = [
  ...reviewerScopes,
  ...reviewerQuorum,
  ...reviewerMigration,
  ...reviewerSynchronisation,
  ...reviewerCrash,
]

/** The largest come first, so that no thread is left with one of them at the end. */
export const deep: readonly Scope[] = [...deepScopes, ...deepMigration, ...deepCrash, ...deepSynchronisation]

export const scopes: readonly Scope[] = [...smoke, ...reviewer, ...deep]

/**
 * What may change places: HSM slots, which a final backup refers to. Cluster slots may not, since a new cluster takes the first
 * that is free, be it vacant or DELETED; the slots of backups are in order of age.
 */
export const INTERCHANGEABLE: Symmetry = {
  kinds: ['hsm'],
  references: { backup: { final: 'hsm' }, job: { hsm: 'hsm' } },
}

/** The scope of that name. */
export const scopeNamed = (name: string): Scope | undefined => scopes.find(scope => scope.name === name)

/** The states that exploration of a scope begins in. Throws where a start takes a step that is not accepted. */
export const starts = (model: CloudHsm, { slots, starts }: Scope): readonly State[] =>
  starts.map(inputs =>
    inputs.reduce(
      (state, input) => {
        const taken = step(model, state, input)
        if (taken.kind === 'taken' && taken.outcome.kind === 'accepted') return taken.after
        throw new Error(`expected a start to be accepted, got ${JSON.stringify(input)}`)
      },
      initial(model, slots),
    ),
  )

/** One model for each combination of choices that a scope explores. */
export const modelsOf = (scope: Scope): readonly CloudHsm[] => scope.choices.map(choices => cloudHsm({ choices }))
