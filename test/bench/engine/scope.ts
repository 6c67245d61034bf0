/** A process that explores a scope of the model under one of its combinations of choices, with all properties asked. */
import process from 'node:process'
import { scopeNamed } from '../../../model/index.ts'
import { check, properties } from '../../../properties/index.ts'
import { printTimed, type Found } from './timed.ts'

export interface ScopeTask {
  readonly scope: string
  /** Which of the scope's combinations of choices. */
  readonly choice: number
}

const explore = ({ scope: name, choice }: ScopeTask): Found => {
  const scope = scopeNamed(name)
  const choices = scope?.choices[choice]
  if (scope === undefined || choices === undefined)
    throw new Error(`expected a scope and a choice, got ${name} ${choice}`)
  const { scopes, verdict } = check({ scopes: [{ ...scope, choices: [choices] }], properties, partial: true })
  const found = scopes[0]
  // What ends early, or stops asking what is answered no, is no measure.
  if (found === undefined || verdict !== 'holds') throw new Error(`expected ${name} to hold, got ${verdict}`)
  return found
}

const task = JSON.parse(process.argv[2] ?? '') as ScopeTask
printTimed(() => explore(task))
