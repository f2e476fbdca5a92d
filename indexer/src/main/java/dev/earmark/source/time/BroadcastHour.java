package dev.earmark.source.time;

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
