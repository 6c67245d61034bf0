/** The page of docs/: every picture with its legend and the tables beside it. */
import type { CloudHsm, KindName } from '../../model/index.ts'
import { MACHINES } from './graph.ts'
import { refusalTable, transitionTable } from './table.ts'

interface Section {
  readonly title: string
  readonly text: string
}

const SECTIONS: Readonly<Record<KindName, Section>> = {
  cluster: {
    title: 'The cluster',
    text: 'What CreateCluster makes and DeleteCluster ends; its HSMs and backups are machines of their own. Connect stands for any operation of a client, which looks for an HSM first.',
  },
  hsm: {
    title: 'The HSM',
    text: 'One HSM of a cluster. Whatever an HSM that joins finds wrong with a backup leaves it DEGRADED, and its contents as they were.',
  },
  backup: {
    title: 'The backup',
    text: 'One backup, from the instant of the snapshot to the end of its seven days of grace.',
  },
  job: {
    title: 'The job',
    text: 'One job of the service that a crash has stopped before or after one of its steps; what an uninterrupted one does are the green events of the other machines. Ask stands for any request.',
  },
  hardware: {
    title: 'The hardware',
    text: 'One unit that the adversary has to itself: made by the manufacturer or not, commissioned or not, with any firmware, given any backup.',
  },
}

const LEGEND = `- A box is a state, under AWS's name where AWS has one. \`vacant\` is a thing that was not created yet; where the model
  empties a slot again, the picture says DELETED, or ENDED of a job.
- Below the name stand the events that the state accepts without leaving it.
- A label is an event, its guard in brackets, and the clause of [SPEC.md](../SPEC.md) that says so. Several cases of one
  event stand below it.
- Black events are requests of the customer, green ones are done by the service later, purple ones are faults and moves
  of the adversary.
- A dashed red arrow is a step that fails with the code in red, and has the effects that its clause declares.
- Refusals change nothing and are no arrows: they are in the table below each picture.
- \`choice.*\` is a guard that SPEC.md leaves to the implementation.`

const section = (model: CloudHsm, machine: KindName): string => {
  const { title, text } = SECTIONS[machine]
  return `## ${title}

${text} As [Mermaid](${machine}.mmd), [DOT](${machine}.dot), [SVG](${machine}.svg).

![States of the ${machine}](${machine}.svg)

Refusals:

${refusalTable(model, machine)}

<details><summary>All transitions, with what happens</summary>

${transitionTable(model, machine)}

</details>
`
}

/** docs/README.md. */
export const pageOf = (model: CloudHsm): string => `# Pictures of the model

Generated from the machines in model/ by \`npm run docs\`; a test fails when a file here is stale.
How the model is explored, and why that may be trusted: [engine.md](engine.md).

## A backup, from one HSM to another

As [Mermaid](overview.mmd), [SVG](overview.svg).

![Creation, Archive and Restore of a backup, with the key hierarchy and the boundary of the HSM](overview.svg)

## How to read the state diagrams

${LEGEND}

${MACHINES.map(machine => section(model, machine)).join('\n')}`
