package dev.earmark.source.time;

import java.util.List;
import java.util.Locale;

/**
 * At which rate the time codes of a source count frames, where it does not say: the lowest usual
 * one that has all their numbers. Not thread-safe.
 */
public final class FrameRate {
  /** That of NTSC television, which drops frame numbers to keep with the clock. */
  public static final double NTSC = 30_000 / 1_001.0;

  private static final double FILM = 24_000 / 1_001.0;
  private static final int[] USUAL = {24, 25, 30, 50};
  private static final int HIGHEST = 60;

  private boolean any;
  private boolean drops;
  private int highestFrame;

  /** The frames a second that one of the first lines of a text names; 0 if none does. */
  public static double named(List<String> lines) {
    for (int i = 0; i < Math.min(lines.size(), 30); i++) {
      String line = lines.get(i).toLowerCase(Locale.ROOT);
      if (line.length() < 80
          && (line.contains("fps") || line.contains("frame rate") || line.contains("framerate"))) {
        String number = line.replaceAll("[^0-9.]", " ").strip();
        int space = number.indexOf(' ');
        try {
          double rate = Double.parseDouble(space < 0 ? number : number.substring(0, space));
          if (rate >= 10 && rate <= 240) {
            return Math.abs(rate - 23.98) < 0.01 ? FILM : rate;
          }
        } catch (NumberFormatException noNumber) {
          // The line speaks of frames and names no rate.
        }
      }
    }
    return 0;
  }

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
