import type { ProbeAnswer, ProbeReport } from '../../domain/ports/target';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openStore } from '../../counterpoint';
import type { Settings } from '../../domain/settings';

export interface Probed {
  readonly report: ProbeReport;
  readonly files: readonly string[];
  readonly words: string;
}

/** Answers the open points about one database and leaves the report as Markdown and as JSON. */
export async function probeInstance(settings: Settings, folder: string): Promise<Probed> {
  const store = await openStore(settings);
  try {
    const report = await store.target.probe();
    const name = path.resolve(folder, `probe-${settings.instance}`);
    const files = [`${name}.md`, `${name}.json`];
    await mkdir(path.dirname(name), { recursive: true });
    await writeFile(`${name}.md`, asMarkdown(report));
    await writeFile(`${name}.json`, `${JSON.stringify(report, null, 2)}\n`);
    return { report, files, words: inWords(report, files) };
  } finally {
    await store.close();
  }
}

const inWords = ({ instance, answers, findings, suggested }: ProbeReport, files: readonly string[]): string =>
  [
    `Instance ${instance}: ${String(answers.filter((each) => each.unanswered === undefined).length)} of ${String(answers.length)} questions answered, nothing was written.`,
    ...findings.map((finding) => `  ${finding}`),
    ...(Object.keys(suggested).length === 0
      ? []
      : [`  Put this into the configuration: counterpoint.guesses: ${JSON.stringify(suggested)}`]),
    ...files.map((file) => `  ${file}`),
  ].join('\n');

/** The report as a page: findings first, then each question with its evidence. */
export const asMarkdown = ({ instance, at, answers, findings, suggested }: ProbeReport): string =>
  [
    `# What the Counterpoint database of ${instance} shows`,
    `Read on ${at} with SELECTs alone. Codes, counts, table and column names; no names, numbers or amounts.`,
    '## Against what is assumed',
    findings.length === 0 ? 'Nothing.' : findings.map((finding) => `- ${finding}`).join('\n'),
    ...(Object.keys(suggested).length === 0
      ? []
      : [`\`\`\`yaml\ncounterpoint:\n  guesses: ${JSON.stringify(suggested)}\n\`\`\``]),
    ...answers.map(section),
    '',
  ].join('\n\n');

function section({ question, evidence, unanswered }: ProbeAnswer): string {
  const [first] = evidence;
  if (unanswered !== undefined) return `## ${question}\n\nNot answered: ${unanswered}`;
  if (first === undefined) return `## ${question}\n\nNo rows of this kind yet.`;
  const names = Object.keys(first);
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rows = evidence.map((each) => row(names.map((name) => each[name] ?? '')));
  return [`## ${question}\n`, row(names), row(names.map(() => '---')), ...rows].join('\n');
}
