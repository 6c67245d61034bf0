/** Operators on rules: two participants asked in the other order, and one not asked. */
import { editRule, type AccountRule, type RuleName } from '../../../model/index.ts'
import { mutant, type Mutant } from '../mutant.ts'

type Participants = ReturnType<AccountRule['participants']>

const edited = (name: RuleName, what: string, edit: (participants: Participants) => Participants) =>
  editRule(name, what, rule => ({
    ...rule,
    participants: (input, read) => edit(rule.participants(input, read)),
  }))

const swapped =
  (at: number) =>
  (all: Participants): Participants => {
    const [one, other] = [all[at], all[at + 1]]
    return one === undefined || other === undefined ? all : [...all.slice(0, at), other, one, ...all.slice(at + 2)]
  }

/** `most`: how many take part in a step by the rule at most. */
export const ruleMutants = (name: RuleName, most: number): readonly Mutant[] => {
  const places = [...Array(most).keys()]
  return [
    ...places.map(at =>
      mutant(
        'participant dropped',
        `${name}, without number ${at + 1}`,
        { rule: name },
        edited(name, 'asks one less', all => all.filter((_, other) => other !== at)),
      ),
    ),
    ...places
      .slice(1)
      .map(at =>
        mutant(
          'participants swapped',
          `${name}, number ${at + 1} before number ${at}`,
          { rule: name },
          edited(name, 'asks in another order', swapped(at - 1)),
        ),
      ),
  ]
}
