export * from './account';
export { amountsOf, type Amounts } from './amounts';
export type * from './facts';
export * from './findings';
export * from './rules';
export * from './statement';
export { statementCsv } from './csv';
export { statementHtml } from './html';
export { statementWords } from './words';
