/** What the pictures are made of, for tests that look into them. */
export { MACHINES } from './graph.ts'
export { passages } from './passages.ts'
export { svgOf } from './svg.ts'
export { things } from './things.ts'
export { latticePage, verdictPage } from './attack-pages.ts'
export { shownSets } from './attackers.ts'
