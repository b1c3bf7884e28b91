export { configFiles } from './files';
export { loadConfig, loadConfigs } from './load';
export { ConfigError, describeProblem, type Problem } from './problems';
export { maskedSettings, settingsVersion } from './printing';
