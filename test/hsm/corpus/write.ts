/** Freezes the present version of the format, once: writes its corpus beside the others, and nothing over one that there is. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { FORMAT_VERSION } from '../../../impl/hsm/encoding.ts'
import { FOLDER, VERSIONS, filesFrom } from './form.ts'
import { made } from './make.ts'

if (VERSIONS.includes(FORMAT_VERSION)) throw new Error(`version ${FORMAT_VERSION} is frozen already`)
const folder = new URL(`v${FORMAT_VERSION}/`, FOLDER)
mkdirSync(folder)
for (const [name, text] of filesFrom(made())) writeFileSync(new URL(name, folder), text)
