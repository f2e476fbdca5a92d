package dev.earmark.source.time;

/** What all readers of times share. */
public final class Times {
  /**
   * No time, or none that can be understood. Times before the start of the recording are negative
   * and stay so until a builder mends and reports them.
   */
  public static final long NONE = Long.MIN_VALUE;

  private Times() {}
}
