import { ATTENTION, ATTENTION_REASONS, REPAIR_KINDS, type AttentionReason } from '../../domain/order/attention';
import { CHARGED_AGAIN, EFFECTS } from '../../domain/order/repair';

/** docs/reference/attention.md as the code says it; a test keeps the two equal. */
export function attentionReference(): string {
  return (
    [
      '# Attention',
      'An order that needs a person waits inside its own workflow, and the same run goes on once it is helped. Its state ' +
        'stays what it was; the reason stands beside it, in the search attribute `CantusAttention`, in `cantus orders list ' +
        '--attention` and, for what concerns the order itself, in the shop: its status becomes `magento.statuses.needsAttention` ' +
        'and a comment says what is the matter. Both are taken back when the cause is gone. An unknown charge is never shown ' +
        'there, because writing a status while the shop may still be charging could wipe its counters.',
      '## Reasons',
      'Reasons are added, never renamed. The *deadline* counts from the moment the reason arose; then more people are told ' +
        '(`cantus orders show` names the owner and the deadline).',
      table(
        ['reason', 'what happened', 'severity', 'owner', 'deadline', 'tried again by itself', 'repairs'],
        ATTENTION_REASONS.map(rowOf),
      ),
      '## Repairs',
      'A plan offers of a reason’s repairs those that can still be carried out. `cantus orders repair ORDER KIND --preview` ' +
        'says what one would do; `cantus orders repair --reason REASON KIND --preview` says it for all orders with that reason.',
      table(
        ['repair', 'what it does'],
        REPAIR_KINDS.map((kind) => [
          `\`${kind}\``,
          kind === 'retry' ? `${EFFECTS[kind]} With a payment in doubt: ${lower(CHARGED_AGAIN)}` : EFFECTS[kind],
        ]),
      ),
      'Every repair takes `--ticket HD-1234`, the reference of a help-desk ticket; it is shown with the attention until that ' +
        'ends. `note` does nothing else and is possible with every reason. Where several release tickets of one order wait, ' +
        '`--release TICKET` names the one that is meant.',
    ].join('\n\n') + '\n'
  );
}

function rowOf(reason: AttentionReason): string[] {
  const { says, severity, owner, deadlineHours, lookAgain, repairs } = ATTENTION[reason];
  const again =
    lookAgain === 'captureRetries'
      ? 'only as `captures.retries` says'
      : lookAgain === null
        ? 'when something changes'
        : `every ${String(lookAgain.everyMinutes)} min${lookAgain.attempts < 1_000 ? `, ${String(lookAgain.attempts)} times` : ''}`;
  return [
    `\`${reason}\``,
    says,
    severity,
    owner,
    `${String(deadlineHours)} h`,
    again,
    repairs.map((kind) => `\`${kind}\``).join(', '),
  ];
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
