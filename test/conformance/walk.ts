/** Walks: stories that the model guides, through what can happen now and what is refused on purpose, towards what was seen least. */
import * as fc from 'fast-check'
import {
  RULES,
  inputsOf,
  pending,
  step,
  type CloudHsm,
  type Family,
  type Input,
  type RuleName,
  type State,
  type Taken,
} from '../../model/index.ts'
import type { Story } from './event.ts'
import { SLOTS } from './explain.ts'
import { canAsk } from './profile.ts'
import { narrator } from './narrator.ts'
import { shownBy } from './shows.ts'

export interface WalkOptions {
  readonly model: CloudHsm
  /** Events of a walk, those included that it begins with. */
  readonly length: number
  /** Walks begin with a part of one of these. */
  readonly beginnings: readonly Story[]
  /** The rules that the target can be asked. */
  readonly rules: ReadonlySet<RuleName>
}

/** What a walk may hold at a time: less than there are slots, so that one is left for ids that are unknown. */
const MOST = { cluster: 3, hsm: 4, backup: 5 } as const

/** How often a family is asked, out of their sum. */
const WEIGHTS: Readonly<Record<Exclude<Family, 'settle'>, number>> & { readonly settle: number } = {
  settle: 40,
  api: 25,
  data: 15,
  adversary: 12,
  fault: 5,
  time: 3,
  plan: 3,
  crash: 3,
  recovery: 20,
}
const FAMILIES = Object.keys(WEIGHTS) as readonly Family[]
const TOTAL = FAMILIES.reduce((sum, family) => sum + WEIGHTS[family], 0)

/** Seven days pass at most so often in one walk: ninety, the default of a policy, are never over (SPEC.md 1.2). */
const ELAPSES = 12

/** Of this many that could come next, the one that was seen least is taken. */
const CANDIDATES = 5
const ATTEMPTS = 40
/** Whoever finds nothing begins again, so often at most. */
const TIMES = 10

const LEGAL = [
  ['hsm1.medium', 'FIPS'],
  ['hsm2m.medium', 'FIPS'],
  ['hsm2m.medium', 'NON_FIPS'],
  ['hsm1.medium', 'NON_FIPS'],
] as const
const ALL_INPUTS = inputsOf(Object.values(RULES).flat(), {
  slots: { cluster: MOST.cluster, hsm: MOST.hsm, backup: MOST.backup, hardware: 1 },
  clusters: LEGAL,
  regions: ['us-east-1', 'us-west-2'],
  accounts: ['111122223333', '444455556666'],
  values: [1],
  retentions: [6, 7, 14, 379, 380],
})

/** An input that could come next, and what it would show. */
interface Candidate {
  readonly input: Input
  readonly shown: readonly string[]
}

/** What one walk is made of (swarm testing, Groce and others, 2012): the rules that it asks, and how choosy it is. */
interface Swarm {
  readonly rules: ReadonlySet<RuleName>
  readonly candidates: number
}

/** Walks as an arbitrary of fast-check: a function of its random numbers and of the walks before, so of the seed. Shrinking is ours. */
export class Walks extends fc.Arbitrary<Story> {
  readonly #options: WalkOptions
  readonly #byFamily: ReadonlyMap<Family, readonly Input[]>
  readonly #seen = new Map<string, number>()
  readonly #everything: Swarm

  constructor(options: WalkOptions) {
    super()
    this.#options = options
    this.#everything = { rules: options.rules, candidates: CANDIDATES }
    const familyOf = (input: Input) => options.model.rule(input.rule).family
    this.#byFamily = Map.groupBy(
      ALL_INPUTS.filter(input => canAsk(options.rules, input)),
      familyOf,
    )
  }

  override generate(random: fc.Random): fc.Value<Story> {
    return new fc.Value(this.#walk(random), undefined)
  }

  override canShrinkWithoutContext(_value: unknown): _value is Story {
    return false
  }

  override shrink(): fc.Stream<fc.Value<Story>> {
    return fc.Stream.nil()
  }

  #walk(random: fc.Random): Story {
    const { model, length, beginnings } = this.#options
    const beginning = beginnings[random.nextInt(0, Math.max(0, beginnings.length - 1))] ?? []
    const whole = Math.min(beginning.length, length)
    const kept = random.nextInt(0, 1) === 0 ? whole : random.nextInt(0, whole)
    const { follow, take, state, story } = narrator(model, SLOTS)
    const swarm = this.#swarm(random)
    for (const event of beginning.slice(0, kept)) follow(event)
    while (story().length < length) {
      const isShort = story().filter(({ rule }) => rule === 'Elapse').length < ELAPSES
      const within = isShort ? (whole: Swarm) => whole : withoutTime
      const all = within(this.#everything)
      let next = this.#next(random, state(), within(swarm))
      for (let time = 0; next === null && time < TIMES; time += 1) next = this.#next(random, state(), all)
      if (next === null) break
      take(next.input, random.nextInt(0, 1) === 0)
    }
    return story()
  }

  /** Half of the requests, faults and moves, for one walk: what is left out leaves room for long runs of the rest. */
  #swarm(random: fc.Random): Swarm {
    const rules = [...this.#options.rules].filter(() => random.nextInt(0, 1) === 0)
    return { rules: new Set(rules), candidates: random.nextInt(0, 1) === 0 ? 1 : CANDIDATES }
  }

  #next(random: fc.Random, state: State, swarm: Swarm): Candidate | null {
    const found: Candidate[] = []
    for (let attempt = 0; attempt < ATTEMPTS && found.length < swarm.candidates; attempt += 1) {
      const input = this.#draw(random, state)
      if (input === undefined || !(swarm.rules.has(input.rule) || isSettle(input.rule))) continue
      const taken = step(this.#options.model, state, input)
      if (taken.kind === 'blocked' || !isWithinBounds(taken)) continue
      // Most of what can be asked is refused most of the time: one in four of those is enough.
      if (taken.outcome.kind === 'refused' && random.nextInt(0, 3) > 0) continue
      found.push({ input, shown: shownBy(state, input, taken) })
    }
    const times = found.map(({ shown }) => Math.min(...shown.map(item => this.#seen.get(item) ?? 0)))
    const best = found[times.indexOf(Math.min(...times))] ?? null
    for (const item of best?.shown ?? []) this.#seen.set(item, (this.#seen.get(item) ?? 0) + 1)
    return best
  }

  #draw(random: fc.Random, state: State): Input | undefined {
    const { model } = this.#options
    let at = random.nextInt(0, TOTAL - 1)
    const family = FAMILIES.find(each => (at -= WEIGHTS[each]) < 0) ?? 'settle'
    const inputs =
      family === 'settle' ? pending(model, state).map(({ input }) => input) : (this.#byFamily.get(family) ?? [])
    return inputs.length === 0 ? undefined : inputs[random.nextInt(0, inputs.length - 1)]
  }
}

const withoutTime = ({ rules, candidates }: Swarm): Swarm => ({
  rules: new Set([...rules].filter(rule => rule !== 'Elapse')),
  candidates,
})

const isSettle = (rule: RuleName): boolean => (RULES.settle as readonly RuleName[]).includes(rule)

const isWithinBounds = ({ created }: Taken): boolean =>
  created.every(({ kind, slot }) => kind === 'hardware' || kind === 'job' || slot < MOST[kind])
