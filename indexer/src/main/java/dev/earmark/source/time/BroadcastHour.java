package dev.earmark.source.time;

import dev.earmark.model.ProblemLog;
import dev.earmark.model.Timestamp;

/**
 * The hour at which a programme begins on the time codes of broadcast: tapes run from {@code
 * 01:00:00:00} or {@code 10:00:00:00}, so that what stands before the programme has a time, too.
 */
public final class BroadcastHour {
  private static final long HOUR_MS = 3_600_000;

  /** The first words come soon after the programme has begun. */
  private static final long SOON_MS = 120_000;

  private BroadcastHour() {}

  /**
   * Where the programme begins, in milliseconds of the time code; tells if that is not 0.
   *
   * @param firstMs the first time of the source; may be {@link Times#NONE}
   */
  public static long startMs(long firstMs, ProblemLog problems) {
    long start = startMs(firstMs);
    if (start > 0) {
      problems.notice(
          "times-shifted",
          0,
          "the times begin at " + Timestamp.clamped(start),
          "counted from there");
    }
    return start;
  }

  /**
   * Where the programme begins, in milliseconds of the time code.
   *
   * @param firstMs the first time of the source; may be {@link Times#NONE}
   * @return 0 if it counts from its start
   */
  public static long startMs(long firstMs) {
    if (firstMs < HOUR_MS || firstMs % HOUR_MS >= SOON_MS) {
      return 0;
    }
    long hour = firstMs / HOUR_MS;
    return hour == 1 || hour == 10 ? hour * HOUR_MS : 0;
  }
}
