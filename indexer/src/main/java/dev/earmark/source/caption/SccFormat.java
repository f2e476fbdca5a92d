package dev.earmark.source.caption;

import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.Timestamp;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.syntax.LineCursor;
import dev.earmark.source.time.BroadcastHour;
import dev.earmark.source.time.CaptionTime;
import dev.earmark.source.time.Times;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Scenarist closed captions: the bytes of line 21 in hexadecimal, a line {@code 00:00:01:12 9420
 * 94ad 4cef}, of which each group of four digits is the pair of one frame.
 *
 * <p>There are 30,000/1,001 frames a second. A time code with a semicolon (or a full stop) before
 * its frames drops two frame numbers a minute but every tenth, so that it keeps to the clock; one
 * with a colon counts every frame and is 3.6 s an hour behind. Programmes whose codes begin at the
 * hour of broadcast count from there ({@link BroadcastHour}).
 *
 * <p>The first channel that says anything is read, the other is left out with a notice. The eighth
 * bit of each byte makes its bits odd; where a file has these bits and one is wrong, that is said,
 * and the byte is taken without it. A control pair that is sent twice counts once. What the pairs
 * mean, {@link LineTwentyOne} knows.
 */
@AutoService(SourceFormat.class)
public final class SccFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "scc",
          "Scenarist closed captions (CEA-608)",
          "the first line, Scenarist_SCC; or lines of a time code and groups of four hexadecimal"
              + " digits");

  private static final String SIGNATURE = "scenarist_scc";
  private static final int FRAMES_A_SECOND = 30;
  private static final int DROPPED_A_MINUTE = 2;
  private static final int LONGEST_TIME = 16;
  private static final int FEW = 3;
  private static final int PRE_ROLL_MS = 10_000;

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    String head = source.head();
    if (isSignature(head.strip())) {
      return Recognition.CERTAIN;
    }
    LineCursor lines = new LineCursor(head);
    int coded = 0;
    for (String line = lines.next(); line != null && coded < FEW; line = lines.next()) {
      CodedLine found = CodedLine.of(line);
      if (found != null && isPairs(found.pairs())) {
        coded++;
      } else if (!line.isBlank()) {
        // The head may end amidst a line.
        break;
      }
    }
    if (coded == FEW) {
      return Recognition.CERTAIN;
    }
    return source.hasExtension("scc") ? Recognition.BY_NAME : Recognition.NO;
  }

  private static boolean isPairs(String pairs) {
    for (int at = 0; at < pairs.length(); at = next(pairs, at)) {
      if (pair(pairs, at) < 0) {
        return false;
      }
    }
    return !pairs.isEmpty();
  }

  private static boolean isSignature(String text) {
    return text.regionMatches(true, 0, SIGNATURE, 0, SIGNATURE.length());
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    return new Reader(source.text(), problems).read();
  }

  /**
   * A line with a time code and what stands behind it.
   *
   * @param frames the time code in frames from 00:00:00:00, those that are dropped not counted
   * @param clockMs the time code without its frames, in milliseconds
   * @param drops whether the code drops frame numbers
   */
  private record CodedLine(long frames, long clockMs, boolean drops, String pairs) {
    static @Nullable CodedLine of(String line) {
      String text = line.strip();
      int end = 0;
      while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      if (end < 8 || end > LONGEST_TIME) {
        return null;
      }
      int[] parts = new int[4];
      int part = 0;
      int digits = 0;
      boolean drops = false;
      for (int i = 0; i < end; i++) {
        char c = text.charAt(i);
        if (CaptionTime.isDigit(c) && digits < 3) {
          parts[part] = parts[part] * 10 + c - '0';
          digits++;
        } else if (digits > 0 && part < 3 && (c == ':' || (";.,".indexOf(c) >= 0))) {
          drops |= c != ':';
          part++;
          digits = 0;
        } else {
          return null;
        }
      }
      if (part < 3
          || digits == 0
          || digits > 2
          || parts[1] > 59
          || parts[2] > 59
          || parts[3] > 59) {
        return null;
      }
      String pairs = text.substring(end).strip();
      if (!pairs.isEmpty() && pair(pairs, 0) < 0) {
        return null;
      }
      long seconds = (parts[0] * 60L + parts[1]) * 60 + parts[2];
      return new CodedLine(frames(seconds, drops) + parts[3], seconds * 1_000, drops, pairs);
    }

    private static long frames(long seconds, boolean drops) {
      long minutes = seconds / 60;
      long dropped = drops ? DROPPED_A_MINUTE * (minutes - minutes / 10) : 0;
      return seconds * FRAMES_A_SECOND - dropped;
    }

    long programmeStartMs() {
      // The first caption is sent before it is shown.
      return BroadcastHour.startMs(clockMs + PRE_ROLL_MS);
    }

    /** The frame with which a programme on tape begins. */
    long programmeStart() {
      return frames(programmeStartMs() / 1_000, drops);
    }
  }

  /** The four hexadecimal digits at a character, up to white space; -1 if they are not there. */
  private static int pair(String text, int from) {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    boolean ends = from + 4 == text.length() || Character.isWhitespace(text.charAt(from + 4));
    return ends ? value : -1;
  }

  /** Where the next group behind the one at a character begins. */
  private static int next(String text, int from) {
    int at = from;
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Reads one file. */
  private static final class Reader {
    private final LineCursor lines;
    private final ProblemLog problems;
    private final boolean hasParity;
    private final LineTwentyOne[] channels;
    private int channel;

    /** The last control pair, if it stood in the frame before; 0 if not. */
    private int repeatable;

    private boolean programmeData;
    private long startFrames = Times.NONE;
    private long startMs;
    private int damagedLine;
    private int damagedBytes;

    Reader(String text, ProblemLog problems) {
      this.lines = new LineCursor(text);
      this.problems = problems;
      long odd = 0;
      long bytes = 0;
      boolean swaps = false;

      LineCursor cursor = new LineCursor(text);
      for (String line = cursor.next(); line != null; line = cursor.next()) {
        CodedLine coded = CodedLine.of(line);
        String pairs = coded == null ? "" : coded.pairs();
        for (int at = 0; at < pairs.length(); at = next(pairs, at)) {
          int pair = SccFormat.pair(pairs, at);
          odd +=
              pair < 0
                  ? 0
                  : (Integer.bitCount(pair >> 8) & 1) + (Integer.bitCount(pair & 0xFF) & 1);
          bytes += pair < 0 ? 0 : 2;
          // Bytes 14 2F; 15 in the second field, 1C and 1D on the second channel.
          swaps |= (pair & 0x767F) == 0x142F;
        }
      }
      this.hasParity = odd * 10 >= bytes * 8;
      this.channels = new LineTwentyOne[] {new LineTwentyOne(swaps), new LineTwentyOne(swaps)};
    }

    ParsedSource read() throws SourceException {
      boolean any = false;
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (line.isBlank() || isSignature(line.strip())) {
          continue;
        }
        CodedLine coded = CodedLine.of(line);
        if (coded == null) {
          problems.warning(
              "unreadable-time",
              lines.number(),
              "\"" + Excerpt.of(line) + "\" is not a time code with the bytes of captions",
              "left out; write 00:00:01:12, a tab and groups of four hexadecimal digits");
          continue;
        }
        any = true;
        if (startFrames == Times.NONE) {
          startFrames = coded.programmeStart();
          startMs = coded.programmeStartMs();
        }
        line(coded);
      }
      if (!any) {
        throw new SourceException(
            0,
            "no caption found: there is no line of a time code and groups of four hexadecimal"
                + " digits, such as 00:00:01:12 9420 9420 94ad 94ad");
      }
      return captions();
    }

    private void line(CodedLine coded) {
      long frame = coded.frames();
      String pairs = coded.pairs();
      repeatable = 0;
      for (int at = 0; at < pairs.length(); at = next(pairs, at), frame++) {
        int pair = SccFormat.pair(pairs, at);
        if (pair < 0) {
          problems.warning(
              "unreadable-code",
              lines.number(),
              "\""
                  + Excerpt.of(pairs.substring(at, next(pairs, at)).strip())
                  + "\" is not a group of four hexadecimal digits",
              "left out");
          repeatable = 0;
          continue;
        }
        int first = sevenBits(pair >> 8);
        int second = sevenBits(pair & 0xFF);
        pair(first, second, frame);
      }
    }

    private int sevenBits(int code) {
      if (hasParity && (Integer.bitCount(code) & 1) == 0 && code != 0) {
        damagedLine = damagedLine == 0 ? lines.number() : damagedLine;
        damagedBytes++;
      }
      return code & 0x7F;
    }

    private void pair(int first, int second, long frame) {
      if (first >= 0x10 && first < 0x20) {
        int control = first << 8 | second;
        boolean again = control == repeatable;
        repeatable = again ? 0 : control;
        programmeData = false;
        channel = (first & 8) >> 3;
        if (!again && second >= 0x20) {
          channels[channel].control(first & 0x17, second, frame, lines.number());
        }
        return;
      }
      repeatable = 0;
      if (first > 0 && first < 0x10) {
        // Facts about the programme, up to 0F.
        programmeData = first != 0x0F;
        return;
      }
      if (!programmeData) {
        for (int code : new int[] {first, second}) {
          if (code >= 0x20) {
            channels[channel].character(code, frame, lines.number());
          }
        }
      }
    }

    private ParsedSource captions() {
      CueBuilder cues = new CueBuilder(problems);
      for (LineTwentyOne each : channels) {
        each.finish();
      }
      boolean onFirst = !channels[0].captions().isEmpty();
      LineTwentyOne taken = channels[onFirst ? 0 : 1];
      LineTwentyOne other = channels[onFirst ? 1 : 0];
      if (!other.captions().isEmpty()) {
        LineTwentyOne.Caption first = other.captions().getFirst();
        problems.notice(
            "second-channel",
            first.line(),
            String.format(
                Locale.ROOT,
                "\"%s\" and %d more captions are on the second channel",
                Excerpt.of(first.text()),
                other.captions().size() - 1),
            "left out; the first channel is read");
      }
      if (damagedBytes > 0) {
        problems.warning(
            "damaged-bytes",
            damagedLine,
            damagedBytes + " bytes have a wrong parity bit, the first in this line",
            "taken without it");
      }
      if (startMs != 0) {
        problems.notice(
            "times-shifted",
            0,
            "the times begin at " + Timestamp.clamped(startMs),
            "counted from there");
      }
      for (LineTwentyOne.Caption caption : taken.captions()) {
        cues.add(
            millis(caption.startFrame()),
            caption.endFrame() < 0 ? Times.NONE : millis(caption.endFrame()),
            null,
            caption.text(),
            caption.line());
      }
      return cues.finish(EpisodeFields.NONE);
    }

    private long millis(long frame) {
      return Math.round((frame - startFrames) * 1_001 / 30.0);
    }
  }
}
