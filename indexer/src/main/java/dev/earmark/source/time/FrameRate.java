package dev.earmark.source.time;

/**
 * At which rate the time codes of a source count frames, where it does not say: the lowest usual
 * one that has all their numbers. Not thread-safe.
 */
public final class FrameRate {
  /** That of NTSC television, which drops frame numbers to keep with the clock. */
  public static final double NTSC = 30_000 / 1_001.0;

  private static final int[] USUAL = {24, 25, 30, 50};
  private static final int HIGHEST = 60;

  private boolean any;
  private boolean drops;
  private int highestFrame;

  /** Looks at a time of the source. */
  public void count(TimeMark mark) {
    if (mark.hasFrames()) {
      any = true;
      drops |= mark.dropsFrames();
      highestFrame = Math.max(highestFrame, Math.max(mark.startFrames(), mark.endFrames()));
    }
  }

  /** Whether any time counts frames. */
  public boolean isNeeded() {
    return any;
  }

  /** The rate, in frames a second. */
  public double framesASecond() {
    if (drops) {
      return NTSC;
    }
    for (int rate : USUAL) {
      if (highestFrame < rate) {
        return rate;
      }
    }
    return HIGHEST;
  }
}
