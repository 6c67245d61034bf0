/** Scopes of the CloudHSM model, each under each of its combinations of choices, with all properties asked: the small ones, and one that is large. */
import { deep, smoke, type Choices, type Scope } from '../../../model/index.ts'
import { checkScope } from './process.ts'
import { explored, type Row } from './table.ts'

const nameOf = ({ name, choices: all }: Scope, choices: Choices): string =>
  all.length === 1 ? name : `${name} ${Object.values(choices).join('/')}`

/** The other deep scopes take minutes each: `npm run long` times them. */
const LARGE = 'deep.archive'
const scopes: readonly Scope[] = [...smoke, ...deep.filter(({ name }) => name === LARGE)]

/** Explores them, and prints the rows. Throws where a property does not hold. */
export const model = (): readonly Row[] =>
  scopes.flatMap(scope =>
    scope.choices.map((choices, choice) =>
      explored(nameOf(scope, choices), 'fast, all properties', () => checkScope({ scope: scope.name, choice })),
    ),
  )
