/** The model: five machines, the rules that bring them together, and the choices that SPEC.md leaves open. */
import type { AnyStateMachine } from 'xstate'
import { backupMachine } from './machines/backup.ts'
import { clusterMachine } from './machines/cluster.ts'
import { hardwareMachine } from './machines/hardware.ts'
import { hsmMachine } from './machines/hsm.ts'
import { jobMachine } from './machines/job.ts'
import { initialState, network, type Network, type Parts } from './network/network.ts'
import { fold } from './network/view.ts'
import { step as networkStep, type Step as NetworkStep, type Emission as NetworkEmission } from './network/step.ts'
import type { Emitted } from './machines/backup.ts'
import { adversary } from './rules/adversary.ts'
import { api } from './rules/api.ts'
import { archive } from './rules/archive.ts'
import { copies } from './rules/copies.ts'
import { data } from './rules/data.ts'
import { fault } from './rules/fault.ts'
import { jobs, throughOutages } from './rules/jobs.ts'
import { keys } from './rules/keys.ts'
import { migration } from './rules/migration.ts'
import { quorum } from './rules/quorum.ts'
import { plan, retention } from './rules/retention.ts'
import { settle, time } from './rules/settle.ts'
import { sharing } from './rules/sharing.ts'
import { synchronise } from './rules/synchronise.ts'
import { unit } from './rules/unit.ts'
import type { Family, Input } from './input.ts'
import type { Account, AccountSlots, KindName, State } from './things.ts'
import { clusterFacts, type ClusterView } from './view.ts'

/** What SPEC.md lets an implementation choose. */
export type ChoiceId = 'choice.backup.delete.again' | 'choice.hsm.delete.creating'
export type Choices = Readonly<Record<ChoiceId, 'refused' | 'accepted'>>
export const DEFAULT_CHOICES: Choices = {
  'choice.backup.delete.again': 'refused',
  'choice.hsm.delete.creating': 'refused',
}

export type AccountParts = Parts<Account, ClusterView, Input, Family>
/** A change of the model, made before it runs. */
export interface Edit {
  readonly what: string
  readonly apply: (parts: AccountParts) => AccountParts
}

export interface CloudHsm extends Network<Account, ClusterView, Input, Family> {
  readonly choices: Choices
  readonly machines: Readonly<Record<KindName, AnyStateMachine>>
}

export type Step = NetworkStep<Account>
export type Taken = Extract<Step, { readonly kind: 'taken' }>
export type Emission = NetworkEmission<Emitted>

export interface CloudHsmOptions {
  readonly choices?: Partial<Choices>
  /** Applied in order. */
  readonly edits?: readonly Edit[]
}

/** Builds the model. Throws on an edit that finds nothing to change. */
export const cloudHsm = ({ choices = {}, edits = [] }: CloudHsmOptions = {}): CloudHsm => {
  const chosen = { ...DEFAULT_CHOICES, ...choices }
  const kind = (machine: unknown, free: readonly string[], queue = false) => ({
    machine: machine as AnyStateMachine,
    free,
    queue,
  })
  const parts: AccountParts = {
    kinds: {
      cluster: kind(clusterMachine, ['vacant', 'DELETED']),
      hsm: kind(hsmMachine(chosen['choice.hsm.delete.creating']), ['vacant']),
      backup: kind(backupMachine(chosen['choice.backup.delete.again']), ['vacant'], true),
      hardware: kind(hardwareMachine, ['vacant']),
      job: kind(jobMachine, ['vacant']),
    },
    rules: throughOutages([
      ...api,
      ...copies,
      ...sharing,
      ...data,
      ...keys,
      ...quorum,
      ...settle,
      ...synchronise,
      ...retention,
      ...time,
      ...plan,
      ...fault,
      ...adversary,
      ...archive,
      ...unit,
      ...migration,
      ...jobs,
    ]),
    view: fold(clusterFacts),
  }
  const edited = edits.reduce((before, edit) => edit.apply(before), parts)
  const { cluster, hsm, backup, hardware, job } = edited.kinds
  const machines = {
    cluster: cluster.machine,
    hsm: hsm.machine,
    backup: backup.machine,
    hardware: hardware.machine,
    job: job.machine,
  }
  return { ...network(edited), choices: chosen, machines }
}

/** The account in which nothing was created, with this many slots of each kind. */
export const initial = (model: CloudHsm, slots: AccountSlots): State => initialState(model, { job: 0, ...slots })

/** Takes one step. Throws on a hole of the model and on a slot that does not exist. */
export const step = (model: CloudHsm, state: State, input: Input): Step => networkStep(model, state, input)
