import fc from 'fast-check';

/**
 * Properties draw other cases in every run. `CANTUS_CASES_SEED=17` draws the same ones again, so that the verdict of a check
 * hangs on the code alone; fast-check prints the seed of what it refuted.
 */
const seed = process.env['CANTUS_CASES_SEED'];
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) });

export { default } from 'fast-check';
