/**
 * How long Cantus waits, how often it tries, how much it does at once: the one table of it. Each is named after what it
 * protects, with its unit. docs/reference/reliability.md tells them to people; a test holds the two together.
 */
export const LIMITS = {
  /* Activities. The time-outs of shop and database are shorter, so that two attempts never overlap. */
  lookAttemptMs: 240_000,
  storeAttemptMs: 120_000,
  /** Longest: a look, a write that times out, and the looks after it. */
  shopAttemptMs: 600_000,
  passAttemptMs: 1_800_000,
  ruleAttemptMs: 40_000,
  ruleAltogetherMs: 60_000,
  notifyAttemptMs: 30_000,
  whoAskedMs: 5_000,
  whoAskedAttempts: 2,
  deliverAttemptMs: 120_000,
  /** A mail server may be away for a night; a message older than that helps nobody. */
  deliverAltogetherMs: 43_200_000,
  censusAltogetherMs: 43_200_000,
  heartbeatMissingMs: 20_000,
  heartbeatEveryMs: 4_000,
  retryFirstMs: 1_000,
  retryMostMs: 60_000,
  /** Then an order raises `systemDown`, or waits for the outage its circuit knows of. */
  orderStepAttempts: 12,
  passAttempts: 5,
  notifyAttempts: 6,

  /* Orders. */
  outagePauseMs: 60_000,
  /** Longer than a shop that answers slowly takes for a charge and the looks around it. */
  repairAnswerMs: 80_000,
  /** How often in a row a step that came too late is planned anew at once. */
  freshLooks: 3,

  /* The circuit of a system. */
  unansweredInARow: 3,
  probeFirstMs: 1_000,
  probeMostMs: 15_000,
  comeAgainLeastMs: 2_000,
  comeAgainMostMs: 60_000,
  /** People who were told of an outage are told again, should somebody else have called it over. */
  tellOutageAgainMs: 600_000,

  /* Writes to the shop of which no answer came. */
  /** Times `magento.timeoutSeconds`: the shop is given as long again as it may take to answer. */
  settledAfterTimeouts: 2,
  looksUntilSettled: 8,
  /** So often at most one attempt sends where nothing comes of it; then what is in the way is told. */
  sendings: 2,

  /* Messages to people. */
  /** Many orders that fail together arrive within this time; then one message goes out for all of them. */
  incidentGatherMs: 20_000,
  /** A parcel may leave while messages are gathered: these go out at once, later ones of the same cause shortly after. */
  urgentPauseMs: 30_000,
  calmPauseMs: 900_000,
  remindersAfterPickup: 12,
  deadlineReminders: 3,

  /* The database. */
  databaseConnectMs: 10_000,
  /** Below the time of an activity's attempt, so that a second attempt never overlaps the first. */
  databaseRequestMs: 25_000,
  /** A statement waits so long for a row that a register or a clerk holds. */
  rowLockMs: 5_000,
  /** Only ours wait for a lock of ours, so that nobody in the store feels a longer wait. */
  ownLockMs: 20_000,
  /** A setup that meets another one, or an older worker at work, tries again for so long. */
  setupBusyMs: 120_000,

  /* Requests to the shop. */
  /** A read is asked once more after this, unseen by whoever waits. */
  quickRetryMs: 250,
  /** An early look may come before the shop's commit. */
  readBackLooksMs: [1_000, 3_000, 6_000],
  /** A Retry-After header may be a mistake, and maintenance may end early. */
  shopPauseMostMs: 600_000,

  /* Passes: clocks differ, and a save that was under way while a pass looked carries the time of its beginning. */
  importOverlapMs: 900_000,
  changesOverlapMs: 600_000,
  /** Credit memos are dated by the shop's clock. */
  afterEndOverlapMs: 600_000,
  /** Refunds are looked for this far back by every round, so that one that failed leaves nothing behind. */
  refundsBackMs: 172_800_000,
  /** Then all candidates are listed again, whatever their dates say: the net under the net. */
  fullImportEvery: 60,
  /** A pass over a backlog is at work, not dead. */
  longestPassMs: 3_600_000,

  /* Ways to people. */
  mailMs: 20_000,
  webhookMs: 20_000,

  /* Commands. */
  /** Without a worker nobody can answer for an order; waiting longer would not help. */
  answerMs: 15_000,
  /** The shop and the database may take their time; longer than this nobody waits at a command line. */
  cancelAnswerMs: 60_000,

  /* The worker. */
  /** Longer than any single SQL write, so that a stop never cuts one in half. */
  stopGraceMs: 30_000,
  stopForceMs: 60_000,
  /** Before an instance is tried again whose shop or database is away, the last one again and again. */
  awayPausesMs: [1_000, 2_000, 5_000, 10_000, 30_000],
  /** Where a setting is wrong, a person has to change it first. */
  unfitPauseMs: 60_000,

  /* At once. */
  ordersAtOnce: 16,
  lateParcelsAtOnce: 4,
} as const;
