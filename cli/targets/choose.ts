/** Which target is meant: the reference, a broken implementation by its clause, or somebody's module by its path. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { match } from 'ts-pattern'
import { referenceTarget, type TargetFactory } from '../../test/conformance/index.ts'
import { faults } from '../../test/faults/index.ts'
import { UsageError } from '../command.ts'
import { foreignTarget } from './foreign.ts'

/** A target by what it takes to find it again. */
export type TargetName =
  | { readonly kind: 'reference' }
  | { readonly kind: 'fault'; readonly clause: string }
  | { readonly kind: 'module'; readonly path: string }

export interface Chosen {
  readonly name: TargetName
  readonly factory: TargetFactory
  readonly close: () => Promise<void>
}

/** What the options say; null where they say nothing. Throws a UsageError where they contradict each other. */
export const targetNamed = ({
  target,
  fault,
}: {
  readonly target: string | undefined
  readonly fault: string | undefined
}): TargetName | null => {
  if (target !== undefined && fault !== undefined) throw new UsageError('expected --target or --fault, got both')
  if (fault !== undefined) return { kind: 'fault', clause: fault }
  if (target === 'reference') return { kind: 'reference' }
  return target === undefined ? null : { kind: 'module', path: target }
}

const nothing = (): Promise<void> => Promise.resolve()

/** Finds a target. Throws a UsageError when there is none of that name. */
export const choose = (name: TargetName, seconds: number): Promise<Chosen> =>
  match(name)
    .with({ kind: 'reference' }, () => Promise.resolve({ name, factory: referenceTarget(), close: nothing }))
    .with({ kind: 'fault' }, ({ clause }) => {
      const fault = faults.find(each => each.clause === clause)
      if (fault === undefined)
        return Promise.reject(new UsageError(`there is no broken implementation of ${clause}; faults lists them`))
      return Promise.resolve({ name, factory: fault.target, close: nothing })
    })
    .with({ kind: 'module' }, async ({ path }) => {
      const full = resolve(path)
      if (!existsSync(full)) throw new UsageError(`there is no module ${path}`)
      return { name, ...(await foreignTarget(full, seconds)) }
    })
    .exhaustive()
